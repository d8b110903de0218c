export { LeadFilesModule } from './lead-files.module.ts';
