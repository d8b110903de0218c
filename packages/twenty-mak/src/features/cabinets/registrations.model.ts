import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { AccountModel, InvitationModel, invitedModel } from '../accounts/index.ts';
import { ContactState } from '../clients/index.ts';
import { CompanyKindEnum, LegalFormEnum } from './cabinets.model.ts';
import type { CompanyKind, LegalForm } from './company-fields.ts';
import { REGISTRATION_STATUSES } from './registrations.dto.ts';
import type { Decided, RegistrationView } from './registrations.dto.ts';

type Status = RegistrationView['status'];
export const RegistrationStatusEnum = Object.fromEntries(
  REGISTRATION_STATUSES.map((status) => [status, status]),
) as Record<Status, Status>;
registerEnumType(RegistrationStatusEnum, { name: 'RegistrationStatus' });

@ObjectType('Registration', {
  description: 'Somebody who would like to be a partner or a franchisee.',
})
export class RegistrationModel {
  @Field(() => ID) id: string;
  @Field(() => RegistrationStatusEnum) status: Status;
  @Field(() => CompanyKindEnum) kind: CompanyKind;
  @Field(() => LegalFormEnum) legalForm: LegalForm;
  @Field(() => String) city: string;
  @Field(() => String) niche: string;
  @Field(() => String) locale: string;
  @Field(() => ContactState) contactState: RegistrationView['contact_state'];
  @Field(() => String, { nullable: true }) name: string | null;
  @Field(() => String, { nullable: true }) email: string | null;
  @Field(() => String, { nullable: true }) phone: string | null;
  @Field(() => String, { nullable: true }) taxNumber: string | null;
  @Field(() => String, { nullable: true }) companyName: string | null;
  @Field(() => String, { description: 'RFC 3339' }) consentAt: string;
  @Field(() => ID, { nullable: true, description: 'Account that was made of it' })
  accountId: string | null;
  @Field(() => String, { nullable: true, description: 'Of a rejection' }) reason: string | null;
  @Field(() => String, { nullable: true, description: 'RFC 3339' }) decidedAt: string | null;
  @Field(() => Int) version: number;
  @Field(() => String, { description: 'RFC 3339' }) createdAt: string;
}

@ObjectType('RegistrationPage')
export class RegistrationPageModel {
  @Field(() => [RegistrationModel]) items: RegistrationModel[];
  @Field(() => String, { nullable: true, description: 'Cursor of the next page' })
  next: string | null;
}

@ObjectType('DecidedRegistration')
export class DecidedRegistrationModel {
  @Field(() => RegistrationModel) registration: RegistrationModel;
  @Field(() => AccountModel, { nullable: true }) account: AccountModel | null;
  @Field(() => InvitationModel, { nullable: true }) invitation: InvitationModel | null;
}

@InputType()
export class DecideRegistrationInput {
  @Field(() => String, { description: 'approve or reject' }) decision: string;
  @Field(() => Int, { description: 'The version that was read' }) version: number;
  @Field(() => CompanyKindEnum, { nullable: true, description: 'Of an approval' })
  role?: CompanyKind;
  @Field(() => [String], { nullable: true, description: 'Of an approval' }) cities?: string[];
  @Field(() => [String], { nullable: true, description: 'Of an approval' }) niches?: string[];
  @Field(() => String, { nullable: true, description: 'Of an approval' }) grade?: string;
  @Field(() => Int, { nullable: true, description: 'Of an approval' }) leadCapacity?: number;
  @Field(() => String, { nullable: true, description: 'Of a rejection; the applicant reads it' })
  reason?: string;
}

export function registrationModel(view: RegistrationView): RegistrationModel {
  const { legal_form, contact_state, tax_number, company_name, consent_at, ...rest } = view;
  const { account_id, decided_at, created_at, ...same } = rest;
  return {
    ...same,
    legalForm: legal_form,
    contactState: contact_state,
    taxNumber: tax_number,
    companyName: company_name,
    consentAt: consent_at,
    accountId: account_id,
    decidedAt: decided_at,
    createdAt: created_at,
  };
}

export function decidedModel({
  registration,
  account,
  invitation,
}: Decided): DecidedRegistrationModel {
  const invited = account === null ? null : invitedModel({ account, invitation });
  return {
    registration: registrationModel(registration),
    account: invited?.account ?? null,
    invitation: invited?.invitation ?? null,
  };
}
