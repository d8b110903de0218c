import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { InstantScalar, SafeIntScalar } from '../../platform/graphql/scalars.ts';
import { withoutNulls } from '../../platform/validation/index.ts';
import { MOST_COUNTED } from './lead-duplicates.dto.ts';
import type { MergedAnswer, PairDecision, PairState } from './lead-duplicates.dto.ts';
import type { PairRow } from './lead-duplicates.repository.ts';

export const LeadPairStateEnum = {
  open: 'open',
  later: 'later',
  decided: 'decided',
} as const satisfies Record<PairState, PairState>;
registerEnumType(LeadPairStateEnum, {
  name: 'LeadPairState',
  description: 'later: put off by somebody.',
});

export const LeadPairDecisionEnum = {
  different: 'different',
  later: 'later',
  open: 'open',
} as const satisfies Record<PairDecision, PairDecision>;
registerEnumType(LeadPairDecisionEnum, {
  name: 'LeadPairDecision',
  description: 'different: they are two; later: not now; open: takes either back.',
});

@ObjectType({ description: 'Two leads that may be one.' })
export class LeadPair {
  @Field(() => ID) leadId: string;
  @Field(() => ID) otherId: string;
  @Field({ description: 'phone, email or name' }) by: string;
  @Field(() => Int, { description: '1,000 is the same.' }) score: number;
  @Field(() => InstantScalar) foundAt: number;
  @Field(() => String, {
    nullable: true,
    description: 'merged or different; null: open; later: open, and put off.',
  })
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
export class LeadMergeValue {
  @Field({ description: 'As in REST, e.g. `legal_form`.' }) field: string;
  @Field(() => ID, { description: 'The lead whose value stays.' }) leadId: string;
}

@ObjectType()
export class MergedLead {
  @Field(() => ID) survivorId: string;
  @Field(() => ID) absorbedId: string;
  @Field({ description: 'False after a dry look.' }) done: boolean;
  @Field(() => LeadMergePreview, { nullable: true, description: 'Needs persons:read.' })
  preview: LeadMergePreview | null;
  @Field(() => [LeadMergeValue], { description: 'Fields in which they differ.' })
  values: LeadMergeValue[];
}

@InputType()
export class LeadVersionInput {
  @Field(() => ID) id: string;
  @Field(() => Int) version: number;
}

@InputType({ description: 'Of a field the lead whose value stays.' })
export class LeadMergeValuesInput {
  @Field(() => ID, { nullable: true }) name?: string;
  @Field(() => ID, { nullable: true }) city?: string;
  @Field(() => ID, { nullable: true }) niche?: string;
  @Field(() => ID, { nullable: true }) legalForm?: string;
  @Field(() => ID, { nullable: true }) handling?: string;
  @Field(() => ID, { nullable: true }) amount?: string;
  @Field(() => ID, { nullable: true }) responsibleId?: string;
  @Field(() => ID, { nullable: true }) title?: string;
  @Field(() => ID, { nullable: true }) score?: string;
}

@ArgsType()
export class LeadPairFilterArgs {
  @Field(() => ID, { nullable: true, description: 'Pairs of this lead.' }) lead?: string;
  @Field(() => String, { nullable: true, description: 'phone, email or name' }) by?: string;
  @Field(() => String, { nullable: true, description: 'Of one of the two.' }) source?: string;
  @Field(() => ID, { nullable: true, description: 'Of one of the two.' }) responsible?: string;
}

@ArgsType()
export class LeadPairsArgs extends LeadPairFilterArgs {
  @Field(() => LeadPairStateEnum, {
    nullable: true,
    description: 'Left out: open; of one lead all.',
  })
  state?: PairState;
  @Field(() => Int, { nullable: true }) limit?: number;
  @Field(() => String, { nullable: true }) cursor?: string;
}

@ObjectType({ description: `Each is counted up to ${MOST_COUNTED}.` })
export class LeadPairCounts {
  @Field(() => Int) open: number;
  @Field(() => Int, { description: 'Put off by somebody.' }) later: number;
  @Field(() => Int) decided: number;
}

export function restValues({
  legalForm,
  responsibleId,
  ...values
}: LeadMergeValuesInput): Record<string, unknown> {
  return withoutNulls({ ...values, legal_form: legalForm, responsible_id: responsibleId });
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

export function mergedModel({
  survivor_id,
  absorbed_id,
  done,
  preview,
  values,
}: MergedAnswer): MergedLead {
  return {
    survivorId: survivor_id,
    absorbedId: absorbed_id,
    done,
    preview,
    values: Object.entries(values).map(([field, leadId]) => ({ field, leadId })),
  };
}
