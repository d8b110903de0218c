import { Inject, Module } from '@nestjs/common';
import { FilesModule } from '../files/index.ts';
import { LeadComparison, LeadsModule } from '../leads/index.ts';
import { ImportBoxes } from './import-boxes.ts';
import { LeadExportController } from './lead-export.controller.ts';
import { LeadExportService } from './lead-export.service.ts';
import { LeadImportHandler } from './lead-import.handler.ts';
import { LeadImportProfilesService } from './lead-import-profiles.service.ts';
import { LeadImportRunner } from './lead-import.runner.ts';
import { importRuns } from './lead-imports.repository.ts';
import { LeadImportsController } from './lead-imports.controller.ts';
import { LeadImportsResolver } from './lead-imports.resolver.ts';
import { LeadImportsService } from './lead-imports.service.ts';
import { RejectedFileService } from './rejected-file.service.ts';

/** Files of leads, both ways. The module of files lets uploads arrive as streams. */
@Module({
  imports: [FilesModule, LeadsModule],
  controllers: [LeadImportsController, LeadExportController],
  providers: [
    ImportBoxes,
    LeadImportsService,
    LeadImportProfilesService,
    RejectedFileService,
    LeadImportsResolver,
    LeadImportRunner,
    LeadImportHandler,
    LeadExportService,
  ],
})
export class LeadFilesModule {
  constructor(@Inject(LeadComparison) comparison: LeadComparison) {
    comparison.postponeWhile(importRuns);
  }
}
