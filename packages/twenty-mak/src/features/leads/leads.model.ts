import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { LEAD_KINDS } from 'twenty-mak-domain';
import type { LeadKind } from 'twenty-mak-domain';
import { InstantScalar, JsonScalar, SafeIntScalar } from '../../platform/graphql/scalars.ts';
import { DealRefInput, ExternalRef } from '../deals/index.ts';

export const LeadKindEnum = Object.fromEntries(LEAD_KINDS.map((kind) => [kind, kind])) as Record<
  LeadKind,
  LeadKind
>;
registerEnumType(LeadKindEnum, { name: 'LeadKind', description: 'What a status means.' });

export enum LeadContactState {
  open = 'open',
  hidden = 'hidden',
  erased = 'erased',
}
registerEnumType(LeadContactState, {
  name: 'LeadContactState',
  description: 'hidden: needs the scope persons:read; erased: nobody can read it any more.',
});

export enum LeadConsent {
  given = 'given',
  refused = 'refused',
  withdrawn = 'withdrawn',
}
registerEnumType(LeadConsent, { name: 'LeadConsent' });

export enum LeadEntryResult {
  created = 'created',
  merged = 'merged',
  known = 'known',
}
registerEnumType(LeadEntryResult, {
  name: 'LeadEntryResult',
  description: 'merged: into a lead that was there; known: the external id was there already.',
});

export enum LeadHistoryKind {
  status = 'status',
  source = 'source',
  partner = 'partner',
  comment = 'comment',
  consent = 'consent',
}
registerEnumType(LeadHistoryKind, { name: 'LeadHistoryKind' });

@ObjectType({ description: 'A lead. City and niche are keys of the lists in the settings.' })
export class Lead {
  @Field(() => ID) id: string;
  @Field() status: string;
  @Field(() => LeadKindEnum) kind: LeadKind;
  @Field(() => InstantScalar) statusSince: number;
  @Field(() => String, { nullable: true }) title: string | null;
  @Field(() => String, { nullable: true }) city: string | null;
  @Field(() => String, { nullable: true }) niche: string | null;
  @Field(() => String, { nullable: true }) legalForm: string | null;
  @Field() source: string;
  @Field(() => String, { nullable: true }) handling: string | null;
  @Field(() => SafeIntScalar, { nullable: true, description: 'Minor units.' })
  amount: number | null;
  @Field(() => String, { nullable: true }) currency: string | null;
  @Field(() => Int, { nullable: true }) score: number | null;
  @Field(() => ID, { nullable: true }) responsibleId: string | null;
  @Field(() => ID, { nullable: true, description: 'Head account of who brought it.' })
  partnerId: string | null;
  @Field(() => ID, { nullable: true, description: 'Head account of who bought it.' })
  buyerId: string | null;
  @Field(() => ID, { nullable: true }) lotId: string | null;
  @Field(() => ID, { nullable: true }) dealId: string | null;
  @Field(() => LeadConsent, { nullable: true }) consent: LeadConsent | null;
  @Field(() => InstantScalar, { nullable: true }) consentAt: number | null;
  @Field({ description: 'Somebody has to decide whether it is another lead.' }) duplicate: boolean;
  @Field({ description: 'The caller may change it: nobody else counts on it by now.' })
  changeable: boolean;
  @Field(() => Int) version: number;
  @Field(() => InstantScalar) createdAt: number;
  @Field(() => InstantScalar) updatedAt: number;
}

@ObjectType()
export class LeadPage {
  @Field(() => [Lead]) items: Lead[];
  @Field(() => String, { nullable: true }) next: string | null;
}

@ObjectType({ description: 'Who a lead is. Reading it is audited.' })
export class LeadContact {
  @Field(() => LeadContactState) state: LeadContactState;
  @Field(() => String, { nullable: true }) name: string | null;
  @Field(() => [String]) phones: string[];
  @Field(() => [String]) emails: string[];
  @Field(() => String, { nullable: true, description: 'As it was written.' }) city: string | null;
  @Field(() => String, { nullable: true, description: 'As it was written.' }) niche: string | null;
  @Field(() => String, { nullable: true, description: 'As it was written.' })
  legalForm: string | null;
  @Field(() => JsonScalar) attributes: Record<string, string>;
}

@ObjectType({ description: 'What hangs on a lead. For one lead.' })
export class LeadFacts {
  @Field(() => [ExternalRef]) externalRefs: ExternalRef[];
  @Field(() => [ID], { description: 'Leads that were merged into it.' }) absorbed: string[];
  @Field(() => [String], { description: 'Where the caller may move it.' })
  possibleStatuses: string[];
}

@ObjectType()
export class LeadHistoryLine {
  @Field(() => LeadHistoryKind) kind: LeadHistoryKind;
  @Field(() => InstantScalar) at: number;
  @Field(() => String, { nullable: true }) actorId: string | null;
  @Field(() => ID, { description: 'The lead itself, or one that was merged into it.' })
  ofLead: string;
  @Field(() => String, { nullable: true }) status: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'A status, a source or the id of a partner.',
  })
  from: string | null;
  @Field(() => String, { nullable: true, description: 'The source or partner since then.' })
  to: string | null;
  @Field(() => String, { nullable: true }) mover: string | null;
  @Field(() => String, { nullable: true }) reason: string | null;
  @Field(() => String, { nullable: true }) text: string | null;
  @Field(() => String, { nullable: true }) answer: string | null;
  @Field(() => String, { nullable: true }) evidence: string | null;
}

@ObjectType()
export class LeadCount {
  @Field() status: string;
  @Field(() => LeadKindEnum) kind: LeadKind;
  @Field(() => Int) leads: number;
}

@ObjectType()
export class LeadMatch {
  @Field(() => ID) leadId: string;
  @Field({ description: 'phone, email or name' }) by: string;
  @Field(() => Int, { description: '1,000 is the same.' }) score: number;
}

@ObjectType({ description: 'Whether the tenant has such a lead. Which ones, for the head office.' })
export class LeadNotice {
  @Field() exists: boolean;
  @Field(() => [LeadMatch], { nullable: true }) matches: LeadMatch[] | null;
}

@ObjectType()
export class EnteredLead extends LeadNotice {
  @Field(() => LeadEntryResult) result: LeadEntryResult;
  @Field(() => Lead, {
    nullable: true,
    description: 'Null when it was merged into one that is not yours.',
  })
  lead: Lead | null;
}

@ArgsType()
export class LeadsArgs {
  @Field(() => JsonScalar, { nullable: true, description: 'As of segments.' }) filter?: unknown;
  @Field(() => ID, { nullable: true }) segment?: string;
  @Field(() => String, { nullable: true, description: 'A whole number, address or name.' })
  text?: string;
  @Field(() => String, { nullable: true }) status?: string;
  @Field(() => String, { nullable: true }) source?: string;
  @Field(() => String, { nullable: true }) handling?: string;
  @Field(() => ID, { nullable: true }) responsible?: string;
  @Field(() => ID, { nullable: true }) partner?: string;
  @Field(() => ID, { nullable: true }) buyer?: string;
  @Field(() => ID, {
    nullable: true,
    description: 'A client: leads that became its deals, or are of its people.',
  })
  client?: string;
  @Field(() => Boolean, { nullable: true }) duplicate?: boolean;
  @Field(() => String, { nullable: true, description: 'As in REST, e.g. `-created_at`.' })
  sort?: string;
  @Field(() => Int, { nullable: true }) limit?: number;
  @Field(() => String, { nullable: true }) cursor?: string;
}

@InputType()
export class LeadFieldsInput {
  @Field(() => String, { nullable: true }) source?: string;
  @Field(() => ID, { nullable: true, description: 'Account of who brought it.' })
  partnerId?: string | null;
  @Field(() => String, { nullable: true }) name?: string | null;
  @Field(() => [String], { nullable: true }) phones?: string[];
  @Field(() => [String], { nullable: true }) emails?: string[];
  @Field(() => String, { nullable: true, description: 'Key of the list, or any spelling.' })
  city?: string | null;
  @Field(() => String, { nullable: true, description: 'Key of the list, or its title.' })
  niche?: string | null;
  @Field(() => String, { nullable: true }) legalForm?: string | null;
  @Field(() => String, { nullable: true }) handling?: string | null;
  @Field(() => SafeIntScalar, { nullable: true, description: 'Minor units, with a currency.' })
  amount?: number | null;
  @Field(() => String, { nullable: true }) currency?: string | null;
  @Field(() => String, { nullable: true, description: 'No personal data.' })
  title?: string | null;
  @Field(() => Int, { nullable: true }) score?: number | null;
  @Field(() => ID, { nullable: true }) responsibleId?: string | null;
  @Field(() => JsonScalar, { nullable: true }) attributes?: unknown;
}

@InputType()
export class LeadConsentInput {
  @Field(() => LeadConsent) answer: LeadConsent;
  @Field(() => String, { nullable: true, description: 'RFC 3339; left out: now.' }) at?: string;
  @Field({ description: 'Where the answer stands.' }) evidence: string;
}

@InputType()
export class CreateLeadInput extends LeadFieldsInput {
  @Field(() => String, { nullable: true }) status?: string;
  @Field(() => DealRefInput, { nullable: true }) externalRef?: DealRefInput;
  @Field(() => String, { nullable: true }) comment?: string;
  @Field(() => LeadConsentInput, { nullable: true }) consent?: LeadConsentInput;
}

@InputType()
export class EditLeadInput extends LeadFieldsInput {
  @Field(() => Int) version: number;
}

@InputType({ description: 'A client with the contact of the lead.' })
export class LeadClientInput {
  @Field(() => String, { nullable: true, description: 'company or person' }) kind?: string;
  @Field({ description: 'Everybody who sees the client sees it.' }) name: string;
}

@InputType()
export class ConvertLeadInput {
  @Field(() => Int) version: number;
  @Field({ description: 'Of the deal. Everybody who sees the deal sees it.' }) name: string;
  @Field(() => String, { nullable: true, description: 'Key; left out: the default one.' })
  pipeline?: string;
  @Field(() => ID, { nullable: true }) ownerId?: string;
  @Field(() => String, { nullable: true }) clientId?: string;
  @Field(() => LeadClientInput, { nullable: true }) newClient?: LeadClientInput;
}

@InputType()
export class LeadCheckInput {
  @Field(() => String, { nullable: true }) name?: string;
  @Field(() => [String], { nullable: true }) phones?: string[];
  @Field(() => [String], { nullable: true }) emails?: string[];
  @Field(() => String, { nullable: true }) city?: string;
}
