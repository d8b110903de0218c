import { Inject } from '@nestjs/common';
import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse, uuidField, withoutNulls } from '../../platform/validation/index.ts';
import { createSegmentBody, editSegmentBody } from './segments.dto.ts';
import { Segment, SegmentInput, segmentModel } from './segments.model.ts';
import { SegmentsService } from './segments.service.ts';

@RequireScope('leads:read')
@Resolver(() => Segment)
export class SegmentsResolver {
  constructor(@Inject(SegmentsService) private readonly service: SegmentsService) {}

  @Query(() => [Segment], { description: 'Own and shared ones.' })
  async segments(@CurrentPrincipal() principal: Principal): Promise<Segment[]> {
    return (await this.service.list(principal)).map(segmentModel);
  }

  @Mutation(() => Segment)
  async createSegment(
    @CurrentPrincipal() principal: Principal,
    @Args('input') input: SegmentInput,
  ): Promise<Segment> {
    const body = parse(createSegmentBody, withoutNulls(input));
    return segmentModel(await this.service.create(principal, body));
  }

  @Mutation(() => Segment, { description: 'An own one, or with leads:manage a shared one.' })
  async editSegment(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('input') input: SegmentInput,
  ): Promise<Segment> {
    const edit = parse(editSegmentBody, { ...withoutNulls(input), version });
    return segmentModel(await this.service.edit(principal, parse(uuidField, id), edit));
  }

  @Mutation(() => Boolean, { description: 'Its leads stay.' })
  async deleteSegment(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<boolean> {
    await this.service.delete(principal, parse(uuidField, id));
    return true;
  }
}
