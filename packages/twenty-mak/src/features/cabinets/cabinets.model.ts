import {
  ArgsType,
  Field,
  Float,
  ID,
  InputType,
  Int,
  ObjectType,
  registerEnumType,
} from '@nestjs/graphql';
import { AccountModel } from '../accounts/index.ts';
import { ContactState } from '../clients/index.ts';
import type { CompanyLine, CompanyView, StaffMember } from './cabinets.dto.ts';
import { COMPANY_KINDS, LEGAL_FORMS } from './company-fields.ts';
import type { CompanyKind, LegalForm } from './company-fields.ts';
import type { OverviewView } from './overview.dto.ts';

const enumOf = <Key extends string>(keys: readonly Key[]) =>
  Object.fromEntries(keys.map((key) => [key, key])) as Record<Key, Key>;

export const CompanyKindEnum = enumOf(COMPANY_KINDS);
export const LegalFormEnum = enumOf(LEGAL_FORMS);
registerEnumType(CompanyKindEnum, { name: 'CompanyKind' });
registerEnumType(LegalFormEnum, { name: 'LegalForm' });

@ObjectType('Company', { description: 'A partner or a franchisee, without anything of a person.' })
export class CompanyModel {
  @Field(() => ID, { description: 'Head account' }) accountId: string;
  @Field(() => CompanyKindEnum) kind: CompanyKind;
  @Field(() => String, { description: 'Of the head account' }) status: string;
  @Field(() => String) companyName: string;
  @Field(() => LegalFormEnum, { nullable: true }) legalForm: LegalForm | null;
  @Field(() => [String]) cities: string[];
  @Field(() => [String]) niches: string[];
  @Field(() => String, { nullable: true }) grade: string | null;
  @Field(() => Int, {
    nullable: true,
    description: 'How many leads may be handed to it at a time; null without a limit',
  })
  leadCapacity: number | null;
  @Field(() => Int, { description: '0 until somebody fills the profile in' }) version: number;
}

@ObjectType('CompanyProfile', { description: 'What is known of a company.' })
export class CompanyProfileModel extends CompanyModel {
  @Field(() => ContactState) contactState: CompanyView['contact_state'];
  @Field(() => String, { nullable: true }) taxNumber: string | null;
  @Field(() => String, { nullable: true }) phone: string | null;
}

@ObjectType('CompanyPage')
export class CompanyPageModel {
  @Field(() => [CompanyModel]) items: CompanyModel[];
  @Field(() => String, { nullable: true, description: 'Cursor of the next page' })
  next: string | null;
}

@ArgsType()
export class CompaniesArgs {
  @Field(() => CompanyKindEnum, { nullable: true }) kind?: CompanyKind;
  @Field(() => String, { nullable: true, description: 'Part of the name' }) text?: string;
  @Field(() => Int, { nullable: true }) limit?: number;
  @Field(() => String, { nullable: true }) cursor?: string;
}

@InputType()
export class EditCompanyProfileInput {
  @Field(() => Int, { description: 'The version that was read' }) version: number;
  @Field(() => String, { nullable: true }) companyName?: string;
  @Field(() => LegalFormEnum, { nullable: true }) legalForm?: LegalForm;
  @Field(() => String, { nullable: true }) taxNumber?: string;
  @Field(() => String, { nullable: true }) phone?: string;
  @Field(() => [String], { nullable: true, description: 'Only for the office' }) cities?: string[];
  @Field(() => [String], { nullable: true, description: 'Only for the office' }) niches?: string[];
  @Field(() => String, { nullable: true, description: 'Only for the office; null: none' })
  grade?: string | null;
  @Field(() => Int, { nullable: true, description: 'Only for the office; null: no limit' })
  leadCapacity?: number | null;
}

@ObjectType('StaffMember', { description: 'A person of a company.' })
export class StaffMemberModel extends AccountModel {
  @Field(() => Boolean, { description: 'The head account, which stays' }) head: boolean;
}

@InputType()
export class InviteStaffInput {
  @Field(() => ID, { nullable: true, description: 'Only for the office' }) companyId?: string;
  @Field(() => String) email: string;
  @Field(() => String) name: string;
  @Field(() => String, { nullable: true }) locale?: string;
}

@InputType()
export class EditStaffInput {
  @Field(() => ID, { nullable: true, description: 'Only for the office' }) companyId?: string;
  @Field(() => Int, { description: 'The version that was read' }) version: number;
  @Field(() => String, { nullable: true }) name?: string;
  @Field(() => String, { nullable: true, description: 'active or deactivated' }) status?: string;
}

@ObjectType()
export class OverviewStatus {
  @Field(() => String) status: string;
  @Field(() => String) title: string;
  @Field(() => String) kind: string;
  @Field(() => Int) leads: number;
}

@ObjectType()
export class OverviewLeads {
  @Field(() => Int) total: number;
  @Field(() => [OverviewStatus]) statuses: OverviewStatus[];
  @Field(() => Int, { description: 'Leads that became deals' }) converted: number;
  @Field(() => Float, { nullable: true, description: 'Part of the leads that became deals' })
  conversion: number | null;
}

@ObjectType()
export class OverviewStage {
  @Field(() => String) pipeline: string;
  @Field(() => String) stage: string;
  @Field(() => String) title: string;
  @Field(() => Int) deals: number;
}

@ObjectType()
export class OverviewSum {
  @Field(() => String) currency: string;
  @Field(() => Float, { description: 'Minor units' }) amount: number;
}

@ObjectType()
export class OverviewDeals {
  @Field(() => Int) total: number;
  @Field(() => [OverviewStage]) stages: OverviewStage[];
  @Field(() => [OverviewSum]) sums: OverviewSum[];
}

@ObjectType()
export class OverviewWallet {
  @Field(() => String) currency: string;
  @Field(() => Float, { description: 'Minor units that may be bid' }) available: number;
  @Field(() => Float, { description: 'Minor units behind leading bids' }) held: number;
}

@ObjectType('CabinetOverview', { description: 'What one may not see is null.' })
export class CabinetOverviewModel implements OverviewView {
  @Field(() => OverviewLeads, { nullable: true }) leads: OverviewLeads | null;
  @Field(() => OverviewDeals, { nullable: true }) deals: OverviewDeals | null;
  @Field(() => OverviewWallet, { nullable: true }) wallet: OverviewWallet | null;
}

export function companyModel(view: CompanyLine): CompanyModel {
  return lineOf(view);
}

function lineOf(view: CompanyLine) {
  const { account_id, company_name, legal_form, lead_capacity, ...rest } = view;
  return {
    ...rest,
    accountId: account_id,
    companyName: company_name,
    legalForm: legal_form,
    leadCapacity: lead_capacity,
  };
}

export function profileModel(view: CompanyView): CompanyProfileModel {
  const { contact_state, tax_number, phone, ...line } = view;
  return {
    ...lineOf(line),
    contactState: contact_state,
    taxNumber: tax_number,
    phone,
  };
}

export function staffMemberModel(member: StaffMember): StaffMemberModel {
  const { created_at: createdAt, member_of: memberOf, email = null, ...rest } = member;
  return { ...rest, memberOf, email, createdAt };
}
