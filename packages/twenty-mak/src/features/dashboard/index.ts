export { DashboardModule } from './dashboard.module.ts';
export { DashboardRepository } from './dashboard.repository.ts';
export { DashboardService } from './dashboard.service.ts';
