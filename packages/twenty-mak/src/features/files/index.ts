export { FilesModule } from './files.module.ts';
export { SummaryService } from './summary.service.ts';
export type { LogSummary } from './files.dto.ts';
