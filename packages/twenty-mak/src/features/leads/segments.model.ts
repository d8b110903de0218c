import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { JsonScalar } from '../../platform/graphql/scalars.ts';
import type { SegmentAnswer } from './segments.dto.ts';

@ObjectType({ description: 'A saved filter of leads.' })
export class Segment {
  @Field(() => ID) id: string;
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

export function segmentModel({ owner_id, updated_at, ...segment }: SegmentAnswer): Segment {
  return { ...segment, ownerId: owner_id, updatedAt: updated_at };
}
