/*
 * Files of records, for the features whose records they are (import ImportsModule):
 *   ImportTargets.add(target): what rows say and what becomes of them
 *   importsController, importsResolver: the routes and operations of one kind
 */
export { columnOf, ImportTargets } from './import-targets.ts';
export type { DraftRow, ImportOrder, ImportTarget, ImportTask } from './import-targets.ts';
export { importsController } from './imports.controller.ts';
export { FileImportEntity, ImportProfileEntity, ImportRejectEntity } from './imports.entity.ts';
export { fileImport } from './imports.jobs.ts';
export { ImportsModule } from './imports.module.ts';
export { importRuns } from './imports.repository.ts';
export { importsResolver } from './imports.resolver.ts';
export { SeenKeys } from './seen-keys.ts';
