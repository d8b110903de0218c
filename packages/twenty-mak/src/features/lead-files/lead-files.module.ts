import { Inject, Module } from '@nestjs/common';
import { importRuns, ImportsModule, ImportTargets } from '../imports/index.ts';
import { LeadComparison, LeadsModule } from '../leads/index.ts';
import { LeadExportController } from './lead-export.controller.ts';
import { LeadExportService } from './lead-export.service.ts';
import { LeadImportTarget } from './lead-import.target.ts';
import { LeadImportsController, LeadImportsResolver } from './lead-imports.ts';

/** Files of leads, both ways. */
@Module({
  imports: [ImportsModule, LeadsModule],
  controllers: [LeadImportsController, LeadExportController],
  providers: [LeadExportService, LeadImportsResolver, LeadImportTarget],
})
export class LeadFilesModule {
  constructor(
    @Inject(LeadComparison) comparison: LeadComparison,
    @Inject(ImportTargets) targets: ImportTargets,
    @Inject(LeadImportTarget) target: LeadImportTarget,
  ) {
    comparison.postponeWhile((tx, tenantId) => importRuns(tx, tenantId, 'lead'));
    targets.add(target);
  }
}
