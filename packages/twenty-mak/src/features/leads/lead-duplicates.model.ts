import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { InstantScalar, SafeIntScalar } from '../../platform/graphql/scalars.ts';
import type { MergedAnswer } from './lead-duplicates.dto.ts';
import type { PairRow } from './lead-duplicates.repository.ts';

@ObjectType({ description: 'Two leads that may be one.' })
export class LeadPair {
  @Field(() => ID) leadId: string;
  @Field(() => ID) otherId: string;
  @Field({ description: 'phone, email or name' }) by: string;
  @Field(() => Int, { description: '1,000 is the same.' }) score: number;
  @Field(() => InstantScalar) foundAt: number;
  @Field(() => String, { nullable: true, description: 'merged or different; null: open.' })
  decision: string | null;
  @Field(() => InstantScalar, { nullable: true }) decidedAt: number | null;
  @Field(() => String, { nullable: true }) decidedBy: string | null;
}

@ObjectType()
export class LeadPairPage {
  @Field(() => [LeadPair]) items: LeadPair[];
  @Field(() => String, { nullable: true }) next: string | null;
}

@ObjectType({ description: 'What the lead that stays would know.' })
export class LeadMergePreview {
  @Field(() => String, { nullable: true }) name: string | null;
  @Field(() => [String]) phones: string[];
  @Field(() => [String]) emails: string[];
  @Field(() => String, { nullable: true }) city: string | null;
  @Field(() => String, { nullable: true }) niche: string | null;
  @Field(() => SafeIntScalar, { nullable: true }) amount: number | null;
  @Field(() => String, { nullable: true }) currency: string | null;
  @Field() source: string;
  @Field() status: string;
  @Field(() => String, { nullable: true }) consent: string | null;
}

@ObjectType()
export class MergedLead {
  @Field(() => ID) survivorId: string;
  @Field(() => ID) absorbedId: string;
  @Field({ description: 'False after a dry look.' }) done: boolean;
  @Field(() => LeadMergePreview, { nullable: true, description: 'Needs persons:read.' })
  preview: LeadMergePreview | null;
}

@InputType()
export class LeadVersionInput {
  @Field(() => ID) id: string;
  @Field(() => Int) version: number;
}

export function pairModel(row: PairRow): LeadPair {
  return {
    leadId: row.lead_id,
    otherId: row.other_id,
    by: row.way,
    score: row.score,
    foundAt: row.found_at,
    decision: row.decision,
    decidedAt: row.decided_at,
    decidedBy: row.decided_by,
  };
}

export function mergedModel({ survivor_id, absorbed_id, done, preview }: MergedAnswer): MergedLead {
  return { survivorId: survivor_id, absorbedId: absorbed_id, done, preview };
}
