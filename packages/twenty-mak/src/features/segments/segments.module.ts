import { Module } from '@nestjs/common';
import { SegmentLoaders } from './segment-loaders.ts';
import { SegmentTargets } from './segment-targets.ts';
import { SegmentSizeResolver } from './segments.resolver.ts';
import { SegmentsService } from './segments.service.ts';

/** Saved filters of whatever records features offer them of. */
@Module({
  providers: [SegmentLoaders, SegmentSizeResolver, SegmentTargets, SegmentsService],
  exports: [SegmentTargets, SegmentsService],
})
export class SegmentsModule {}
