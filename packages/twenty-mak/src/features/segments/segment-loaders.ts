import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../platform/auth/index.ts';
import { BatchLoader } from '../../platform/graphql/batch-loader.ts';
import type { SegmentSize } from './segments.dto.ts';
import { SegmentsService } from './segments.service.ts';
import type { SizedSegment } from './segments.service.ts';

/** What one GraphQL request asks about many segments. */
interface Loaders {
  readonly sizes: BatchLoader<SizedSegment, SegmentSize | null>;
}

@Injectable()
export class SegmentLoaders {
  /** Lives as long as the context of the GraphQL request. */
  private readonly loaders = new WeakMap<object, Loaders>();

  constructor(@Inject(SegmentsService) private readonly service: SegmentsService) {}

  of(context: object, principal: Principal): Loaders {
    const known = this.loaders.get(context);
    if (known !== undefined) return known;
    const made: Loaders = {
      sizes: new BatchLoader(async (segments) => {
        const sizes = await this.service.sizes(principal, segments);
        return (segment) => sizes.get(segment) ?? null;
      }),
    };
    this.loaders.set(context, made);
    return made;
  }
}
