import { Module } from '@nestjs/common';
import { SegmentTargets } from './segment-targets.ts';
import { SegmentSizeResolver } from './segments.resolver.ts';
import { SegmentsService } from './segments.service.ts';

/** Saved filters of whatever records features offer them of. */
@Module({
  providers: [SegmentSizeResolver, SegmentTargets, SegmentsService],
  exports: [SegmentTargets, SegmentsService],
})
export class SegmentsModule {}
