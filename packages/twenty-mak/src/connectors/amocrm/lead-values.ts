import { minorUnits } from 'twenty-mak-domain';
import type { Json, Values } from 'twenty-mak-domain';
import { z } from 'zod';
import type { WriteRefusal } from '../../platform/records/index.ts';
import { versionOf } from '../sync/index.ts';
import type { Here } from '../sync/index.ts';
import type { AmocrmAccount } from './account.ts';
import { customSchema, makIdIn } from './fields.ts';
import { ownerOf, responsibleFor } from './people.ts';

/** A lead as far as it is a deal. */
export const leadSchema = z.object({
  id: z.int(),
  name: z.string().nullish(),
  price: z.coerce.number().nullish(),
  responsible_user_id: z.int().nullish(),
  pipeline_id: z.int(),
  status_id: z.int(),
  updated_at: z.int(),
  updated_by: z.int().nullish(),
  is_deleted: z.boolean().default(false),
  custom_fields_values: customSchema,
  _embedded: z
    .object({
      contacts: z.array(z.object({ id: z.int(), is_main: z.boolean().default(false) })).default([]),
      companies: z.array(z.object({ id: z.int() })).default([]),
    })
    .default({ contacts: [], companies: [] }),
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
export function valuesOfLead(lead: Lead, account: AmocrmAccount, here: Here): Values {
  return {
    id: makIdOf(lead, account),
    ...ownValues(lead, account),
    client: here('company', companyOf(lead)),
    contact: here('contact', mainContactOf(lead)),
  };
}

/** Of several people of a lead the main one. */
export function mainContactOf({ _embedded: { contacts } }: Lead): number | null {
  return (contacts.find(({ is_main }) => is_main) ?? contacts[0])?.id ?? null;
}

export function companyOf({ _embedded: { companies } }: Lead): number | null {
  return companies[0]?.id ?? null;
}

function ownValues(lead: Lead, account: AmocrmAccount): Values {
  const { currency } = account;
  const { name, price, responsible_user_id: owner, pipeline_id, status_id } = lead;
  return {
    name: name || null,
    amount: price ? { minor: price * 10 ** minorUnits(currency), currency } : null,
    owner: ownerOf(owner, account),
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
export function rowOfLead(values: Values, account: AmocrmAccount): LeadRow | WriteRefusal {
  const { currency, statuses } = account;
  const stored = storedLeadValues(values);
  const { name, owner, status } = stored;
  const amount = moneySchema.safeParse(stored['amount']).data;
  if (amount !== undefined && amount.currency !== currency)
    return {
      code: 'other_currency',
      reason: `The account counts in ${currency}; a deal in ${amount.currency} keeps its amount here.`,
      field: 'amount',
    };
  const responsible = responsibleFor(owner, account);
  if (typeof responsible === 'object') return responsible;
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
  return makIdIn(lead.custom_fields_values, makIdField);
}

export function versionOfLead(lead: Lead, account: AmocrmAccount): string {
  return versionOf(lead.updated_at, [
    ownValues(lead, account),
    companyOf(lead),
    mainContactOf(lead),
    makIdOf(lead, account),
  ]);
}

function wholeUnits(value: Json | undefined): Json {
  const { data } = moneySchema.safeParse(value);
  if (data === undefined) return null;
  const unit = 10 ** minorUnits(data.currency);
  const minor = Math.trunc(data.minor / unit) * unit;
  // amoCRM knows no debts.
  return minor > 0 ? { minor, currency: data.currency } : null;
}
