export {
  LeadImportEntity,
  LeadImportProfileEntity,
  LeadImportRejectEntity,
} from './lead-files.entity.ts';
export { leadImport } from './lead-files.jobs.ts';
export { LeadFilesModule } from './lead-files.module.ts';
