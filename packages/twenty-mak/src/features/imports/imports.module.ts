import { Module } from '@nestjs/common';
import { FilesModule } from '../files/index.ts';
import { ImportBoxes } from './import-boxes.ts';
import { ImportProfilesService } from './import-profiles.service.ts';
import { ImportTargets } from './import-targets.ts';
import { ImportHandler } from './import.handler.ts';
import { ImportRunner } from './import.runner.ts';
import { ImportsService } from './imports.service.ts';
import { RejectedFileService } from './rejected-file.service.ts';

/** Files of whatever records features offer imports of. The module of files lets uploads arrive as streams. */
@Module({
  imports: [FilesModule],
  providers: [
    ImportBoxes,
    ImportHandler,
    ImportProfilesService,
    ImportRunner,
    ImportsService,
    ImportTargets,
    RejectedFileService,
  ],
  exports: [ImportProfilesService, ImportsService, ImportTargets, RejectedFileService],
})
export class ImportsModule {}
