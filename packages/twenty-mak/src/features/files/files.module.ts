import { Inject, Module } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { EventsModule } from '../events/index.ts';
import { PipelinesModule } from '../pipelines/index.ts';
import { ExportRepository } from './export.repository.ts';
import { ExportService } from './export.service.ts';
import { FilesController } from './files.controller.ts';
import { ImportService } from './import.service.ts';
import { SummaryRepository } from './summary.repository.ts';
import { SummaryService } from './summary.service.ts';

@Module({
  imports: [EventsModule, PipelinesModule],
  controllers: [FilesController],
  providers: [ImportService, ExportService, ExportRepository, SummaryService, SummaryRepository],
})
export class FilesModule implements OnModuleInit {
  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost<FastifyAdapter>) {}

  /** An upload reaches its handler as a stream; nothing holds it whole. */
  onModuleInit(): void {
    this.host.httpAdapter
      .getInstance()
      .addContentTypeParser('application/octet-stream', (_request, upload, done) =>
        done(null, upload),
      );
  }
}
