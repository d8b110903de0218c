import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { JsonScalar } from '../../platform/graphql/scalars.ts';
import type { SegmentEntityName } from './segment-targets.ts';
import type { SegmentAnswer } from './segments.dto.ts';

export enum SegmentKind {
  lead = 'lead',
  client = 'client',
}
registerEnumType(SegmentKind, { name: 'SegmentKind' });

@ObjectType('SegmentSize')
export class SegmentSizeModel {
  @Field(() => Int, { description: 'Records of those that you see.' }) records: number;
  @Field({ description: 'There are more; no further was counted.' }) more: boolean;
}

@ObjectType({ description: 'A saved filter of leads or clients.' })
export class Segment {
  @Field(() => ID) id: string;
  @Field(() => SegmentKind, { description: 'Of what records.' }) entity: SegmentKind;
  @Field() name: string;
  @Field(() => JsonScalar) filter: Record<string, unknown>;
  @Field() shared: boolean;
  @Field(() => ID) ownerId: string;
  @Field({ description: 'Whether the caller may change and delete it.' }) editable: boolean;
  @Field(() => Int) version: number;
  @Field(() => String, { description: 'RFC 3339' }) updatedAt: string;
}

@InputType()
export class SegmentInput {
  @Field(() => String, { nullable: true, description: 'Needed for a new one.' }) name?: string;
  @Field(() => JsonScalar, { nullable: true, description: 'Needed for a new one.' })
  filter?: unknown;
  @Field(() => Boolean, { nullable: true }) shared?: boolean;
}

export function segmentModel(
  entity: SegmentEntityName,
  { owner_id, updated_at, ...segment }: SegmentAnswer,
): Segment {
  return { ...segment, entity: SegmentKind[entity], ownerId: owner_id, updatedAt: updated_at };
}
