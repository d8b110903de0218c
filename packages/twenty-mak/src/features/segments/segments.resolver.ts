import { Inject } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import {
  Args,
  Context,
  ID,
  Int,
  Mutation,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import type { RecordFilter } from 'twenty-mak-domain';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal, Scope } from '../../platform/auth/index.ts';
import { parse, uuidField, withoutNulls } from '../../platform/validation/index.ts';
import { SegmentLoaders } from './segment-loaders.ts';
import type { SegmentEntityName } from './segment-targets.ts';
import { createSegmentBody, editSegmentBody } from './segments.dto.ts';
import { Segment, SegmentInput, segmentModel, SegmentSizeModel } from './segments.model.ts';
import { SegmentsService } from './segments.service.ts';

interface SegmentsOperations {
  readonly name: string;
  readonly entity: SegmentEntityName;
  /** Who may read the records may save filters of them. */
  readonly scope: Scope;
  readonly list: string;
  readonly create: string;
  readonly edit: string;
  readonly remove: string;
}

/** Operations on the segments of one kind of records. */
export function segmentsResolver(operations: SegmentsOperations): Type {
  const { name, entity, scope, list, create, edit, remove } = operations;

  @RequireScope(scope)
  @Resolver()
  class SegmentsResolver {
    constructor(@Inject(SegmentsService) private readonly service: SegmentsService) {}

    @Query(() => [Segment], { name: list, description: 'Own and shared ones.' })
    async list(@CurrentPrincipal() principal: Principal): Promise<Segment[]> {
      const segments = await this.service.list(principal, entity);
      return segments.map((segment) => segmentModel(entity, segment));
    }

    @Mutation(() => Segment, { name: create })
    async create(
      @CurrentPrincipal() principal: Principal,
      @Args('input') input: SegmentInput,
    ): Promise<Segment> {
      const body = parse(createSegmentBody, withoutNulls(input));
      return segmentModel(entity, await this.service.create(principal, entity, body));
    }

    @Mutation(() => Segment, {
      name: edit,
      description: 'An own one; a shared one too for who manages such records.',
    })
    async edit(
      @CurrentPrincipal() principal: Principal,
      @Args('id', { type: () => ID }) id: string,
      @Args('version', { type: () => Int }) version: number,
      @Args('input') input: SegmentInput,
    ): Promise<Segment> {
      const changes = parse(editSegmentBody, { ...withoutNulls(input), version });
      const saved = this.service.edit(principal, entity, parse(uuidField, id), changes);
      return segmentModel(entity, await saved);
    }

    @Mutation(() => Boolean, { name: remove, description: 'Its records stay.' })
    async delete(
      @CurrentPrincipal() principal: Principal,
      @Args('id', { type: () => ID }) id: string,
    ): Promise<boolean> {
      await this.service.delete(principal, entity, parse(uuidField, id));
      return true;
    }
  }
  Object.defineProperty(SegmentsResolver, 'name', { value: name });
  return SegmentsResolver;
}

@Resolver(() => Segment)
export class SegmentSizeResolver {
  constructor(@Inject(SegmentLoaders) private readonly loaders: SegmentLoaders) {}

  @ResolveField(() => SegmentSizeModel, {
    nullable: true,
    description: 'Null: you may not ask for its fields.',
  })
  async size(
    @CurrentPrincipal() principal: Principal,
    @Context() context: object,
    @Parent() { entity, filter }: Segment,
  ): Promise<SegmentSizeModel | null> {
    // It was checked when it was saved.
    const segment = { entity, filter: filter as unknown as RecordFilter };
    return this.loaders.of(context, principal).sizes.load(segment);
  }
}
