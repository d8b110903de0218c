import { Module } from '@nestjs/common';
import { PipelinesModule } from '../pipelines/index.ts';
import { DashboardRepository } from './dashboard.repository.ts';
import { DashboardResolver } from './dashboard.resolver.ts';
import { DashboardService } from './dashboard.service.ts';

/** The United Stage Dashboard. */
@Module({
  imports: [PipelinesModule],
  providers: [DashboardRepository, DashboardResolver, DashboardService],
})
export class DashboardModule {}
