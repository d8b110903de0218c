import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { LeadKind } from 'twenty-mak-domain';
import type { LeadSettingsRow } from './lead-settings.repository.ts';
import { LeadKindEnum } from './leads.model.ts';

@ObjectType()
export class LeadStatusModel {
  @Field() key: string;
  @Field() title: string;
  @Field(() => LeadKindEnum) kind: LeadKind;
  @Field(() => [String], { description: 'Sources whose leads begin here.' }) entryFor: string[];
  @Field() reasonNeeded: boolean;
}

@ObjectType()
export class LeadChoiceModel {
  @Field() key: string;
  @Field() title: string;
}

@ObjectType('LeadSettings')
export class LeadSettingsModel {
  @Field(() => [LeadStatusModel]) statuses: LeadStatusModel[];
  @Field(() => [LeadChoiceModel]) sources: LeadChoiceModel[];
  @Field(() => [LeadChoiceModel]) handlings: LeadChoiceModel[];
  @Field(() => [LeadChoiceModel]) cities: LeadChoiceModel[];
  @Field(() => [LeadChoiceModel]) niches: LeadChoiceModel[];
  @Field({ description: 'Of the same number or address: block, warn or merge.' }) certain: string;
  @Field({ description: 'Of a similar name in the same city: block, warn or ignore.' })
  likely: string;
  @Field({ description: 'required or other_ground' }) consent: string;
  @Field({ description: 'Of telephone numbers without a country code.' }) country: string;
  @Field(() => Int) version: number;
}

@InputType()
export class LeadStatusInput {
  @Field() key: string;
  @Field() title: string;
  @Field(() => LeadKindEnum) kind: LeadKind;
  @Field(() => [String], { nullable: true }) entryFor?: string[];
  @Field(() => Boolean, { nullable: true }) reasonNeeded?: boolean;
}

@InputType()
export class LeadChoiceInput {
  @Field() key: string;
  @Field() title: string;
}

@InputType()
export class LeadSettingsInput {
  @Field(() => Int) version: number;
  @Field(() => [LeadStatusInput], { nullable: true }) statuses?: LeadStatusInput[];
  @Field(() => [LeadChoiceInput], { nullable: true }) sources?: LeadChoiceInput[];
  @Field(() => [LeadChoiceInput], { nullable: true }) handlings?: LeadChoiceInput[];
  @Field(() => [LeadChoiceInput], { nullable: true }) cities?: LeadChoiceInput[];
  @Field(() => [LeadChoiceInput], { nullable: true }) niches?: LeadChoiceInput[];
  @Field(() => String, { nullable: true }) certain?: string;
  @Field(() => String, { nullable: true }) likely?: string;
  @Field(() => String, { nullable: true }) consent?: string;
  @Field(() => String, { nullable: true }) country?: string;
}

export function leadSettingsModel(row: LeadSettingsRow): LeadSettingsModel {
  return {
    ...row,
    statuses: row.statuses.map(({ entryFor = [], reasonNeeded = false, ...status }) => ({
      ...status,
      entryFor: [...entryFor],
      reasonNeeded,
    })),
    sources: [...row.sources],
    handlings: [...row.handlings],
    cities: [...row.cities],
    niches: [...row.niches],
  };
}
