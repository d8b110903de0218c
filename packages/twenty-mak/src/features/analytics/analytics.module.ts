import { Module } from '@nestjs/common';
import { AnalyticsController } from './analytics.controller.ts';
import { RollupBuilder } from './rollup-builder.ts';
import { RollupBuildHandler } from './rollup-build.handler.ts';

/** The analytic tables: facts, and rollups over them. */
@Module({
  controllers: [AnalyticsController],
  providers: [RollupBuilder, RollupBuildHandler],
})
export class AnalyticsModule {}
