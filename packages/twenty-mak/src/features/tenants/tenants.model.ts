import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { JsonScalar } from '../../platform/graphql/scalars.ts';
import type { TenantView } from './tenants.dto.ts';
import type { NamedCalendar } from './tenants.repository.ts';

@ObjectType('Tenant', { description: 'One business; everything else belongs to one.' })
export class TenantModel {
  @Field(() => ID) id: string;
  @Field(() => String) key: string;
  @Field(() => String) name: string;
  @Field(() => String, { description: 'ISO 4217 code' }) currency: string;
  @Field(() => String, { description: 'IANA name' }) timeZone: string;
  @Field(() => String, { description: 'The language that people begin with' }) locale: string;
  @Field(() => [String], { description: 'Languages to choose from' }) languages: string[];
  @Field(() => JsonScalar, {
    nullable: true,
    description:
      '`{name, calendar}`; the calendar as in pipeline definitions, which get a copy of it under this name',
  })
  workingCalendar: NamedCalendar | null;
  @Field(() => Boolean, { description: 'Whether a breach makes tasks and notifications' })
  escalation: boolean;
  @Field(() => String, {
    nullable: true,
    description: 'Origin of the twenty that may embed our pages, e.g. https://crm.example.com',
  })
  twentyUrl: string | null;
  @Field(() => Boolean, { description: 'Whether partners and franchisees may apply' })
  registrationOpen: boolean;
  @Field(() => String, { nullable: true, description: 'What applicants agree to' })
  privacyUrl: string | null;
  @Field(() => Boolean, { description: 'Whether partners and franchisees need a second factor' })
  companyTotp: boolean;
  @Field(() => String, {
    nullable: true,
    description: 'RFC 3339; set while the clock stands still',
  })
  clockFrozenAt: string | null;
  @Field(() => Int) version: number;
  @Field(() => String, { description: 'RFC 3339' }) createdAt: string;
}

@InputType()
export class UpdateTenantInput {
  @Field(() => Int, { description: 'The version that was read' }) version: number;
  @Field(() => String, { nullable: true }) name?: string;
  @Field(() => String, { nullable: true }) currency?: string;
  @Field(() => String, { nullable: true }) timeZone?: string;
  @Field(() => String, { nullable: true }) locale?: string;
  @Field(() => [String], { nullable: true }) languages?: string[];
  @Field(() => JsonScalar, { nullable: true, description: '`{name, calendar}`; null: none' })
  workingCalendar?: unknown;
  @Field(() => Boolean, { nullable: true }) escalation?: boolean;
  @Field(() => String, { nullable: true, description: 'Null: no page may embed ours' })
  twentyUrl?: string | null;
  @Field(() => Boolean, { nullable: true }) registrationOpen?: boolean;
  @Field(() => String, { nullable: true }) privacyUrl?: string | null;
  @Field(() => Boolean, { nullable: true }) companyTotp?: boolean;
}

export function tenantModel(view: TenantView): TenantModel {
  return {
    id: view.id,
    key: view.key,
    name: view.name,
    currency: view.currency,
    timeZone: view.time_zone,
    locale: view.locale,
    languages: view.languages,
    workingCalendar: view.working_calendar,
    escalation: view.escalation,
    twentyUrl: view.twenty_url,
    registrationOpen: view.registration_open,
    privacyUrl: view.privacy_url,
    companyTotp: view.company_totp,
    clockFrozenAt: view.clock_frozen_at,
    version: view.version,
    createdAt: view.created_at,
  };
}
