import { createHash } from 'node:crypto';
import { minorUnits } from 'twenty-mak-domain';
import type { Json, Values } from 'twenty-mak-domain';
import { z } from 'zod';
import type { WriteRefusal } from '../../platform/records/index.ts';
import type { AmocrmAccount } from './account.ts';

/** A lead as far as it is a deal. */
export const leadSchema = z.object({
  id: z.int(),
  name: z.string().nullish(),
  price: z.coerce.number().nullish(),
  responsible_user_id: z.int().nullish(),
  pipeline_id: z.int(),
  status_id: z.int(),
  updated_at: z.int(),
  is_deleted: z.boolean().default(false),
  custom_fields_values: z
    .array(z.object({ field_id: z.int(), values: z.array(z.object({ value: z.unknown() })) }))
    .nullish(),
});
export type Lead = z.output<typeof leadSchema>;

/** What a lead is written with. */
export interface LeadRow {
  readonly name?: string;
  readonly price?: number;
  readonly responsible_user_id?: number;
  readonly pipeline_id?: number;
  readonly status_id?: number;
}

const LONGEST_NAME = 255;
const moneySchema = z.object({ minor: z.int(), currency: z.string() });

/** Values of a lead in MaK's terms. A status is named by the ids of its pipeline and its own. */
export function valuesOfLead(lead: Lead, { currency, people, nobody }: AmocrmAccount): Values {
  const { name, price, responsible_user_id: owner, pipeline_id, status_id } = lead;
  return {
    name: name || null,
    amount: price ? { minor: price * 10 ** minorUnits(currency), currency } : null,
    owner: owner === nobody ? null : (people.get(owner ?? 0) ?? null),
    status: `${pipeline_id}:${status_id}`,
  };
}

/** Values as amoCRM gives them back: whole units of a currency, and nothing in place of zero. */
export function storedLeadValues(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => {
      if (field === 'name') return [field, String(value ?? '').slice(0, LONGEST_NAME) || null];
      return [field, field === 'amount' ? wholeUnits(value) : value];
    }),
  );
}

/** The row for these values, or which of them amoCRM cannot have. */
export function rowOfLead(
  values: Values,
  { currency, people, statuses, nobody }: AmocrmAccount,
): LeadRow | WriteRefusal {
  const stored = storedLeadValues(values);
  const { name, owner, status } = stored;
  const amount = moneySchema.safeParse(stored['amount']).data;
  if (amount !== undefined && amount.currency !== currency)
    return {
      code: 'other_currency',
      reason: `The account counts in ${currency}; a deal in ${amount.currency} keeps its amount here.`,
      field: 'amount',
    };
  const userId = [...people].find(([, email]) => email === owner)?.[0];
  if (typeof owner === 'string' && userId === undefined)
    return {
      code: 'unknown_member',
      reason: `${owner} is nobody in amoCRM; invite them there, or name their other address in the settings.`,
      field: 'owner',
    };
  // Somebody is responsible for every lead there.
  const responsible = owner === null ? (nobody ?? undefined) : userId;
  const place = statuses.find(({ pipelineId, statusId }) => `${pipelineId}:${statusId}` === status);
  if (typeof status === 'string' && place === undefined)
    return {
      code: 'unknown_status',
      reason: `The account has no status ${status} any more; choose another one in the table of stages.`,
      field: 'status',
    };
  return {
    ...('name' in stored ? { name: typeof name === 'string' ? name : '' } : {}),
    ...('amount' in stored ? { price: (amount?.minor ?? 0) / 10 ** minorUnits(currency) } : {}),
    ...(responsible === undefined ? {} : { responsible_user_id: responsible }),
    // The closed statuses are in every pipeline, so both are named.
    ...(place === undefined ? {} : { pipeline_id: place.pipelineId, status_id: place.statusId }),
  };
}

/** MaK's id that a lead carries; null when it carries none. */
export function makIdOf(lead: Lead, { makIdField }: AmocrmAccount): string | null {
  const field = lead.custom_fields_values?.find(({ field_id }) => field_id === makIdField);
  const value = field?.values[0]?.value;
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Differs after every change of what we look at: amoCRM's clock counts whole seconds, in which much can happen. */
export function versionOf(lead: Lead, account: AmocrmAccount): string {
  const content = JSON.stringify([valuesOfLead(lead, account), makIdOf(lead, account)]);
  const hash = createHash('sha256').update(content).digest('base64url').slice(0, 16);
  return `${lead.updated_at}.${hash}`;
}

function wholeUnits(value: Json | undefined): Json {
  const { data } = moneySchema.safeParse(value);
  if (data === undefined) return null;
  const unit = 10 ** minorUnits(data.currency);
  const minor = Math.trunc(data.minor / unit) * unit;
  // amoCRM knows no debts.
  return minor > 0 ? { minor, currency: data.currency } : null;
}
