import { accept, MAX_CONTACT_WAYS, readContact, refuse } from 'twenty-mak-domain';
import type { Decision, ExternalRef, Json, Refusal, Values } from 'twenty-mak-domain';
import { z } from 'zod';
import type { Principal, Scope } from '../../platform/auth/index.ts';
import type { WriteRefusal } from '../../platform/records/index.ts';
import { titleOf } from './lead-entries.ts';
import { createLeadBody, editLeadBody } from './leads.dto.ts';
import type { CreateLead, EditLead } from './leads.dto.ts';
import type { OfficeLead, Responsible } from './office-leads.reader.ts';
import { readPhone } from './read-phone.ts';

/** The kind of records. */
export const OFFICE_LEAD = 'office_lead';

const SCOPES: readonly Scope[] = [
  ...(['leads:read', 'leads:write', 'leads:manage', 'persons:read', 'deals:write'] as const),
];

/** A system that does what people of the head office do. */
export function officeOf(tenantId: string, author: string): Principal {
  const id = `connector:${author}`;
  return { kind: 'system', id, tenantId, role: null, scopes: new Set(SCOPES) };
}

const moneySchema = z.object({ minor: z.int(), currency: z.string() });
/** MaK's own names of what values say, where those differ. */
const BODY = { person: 'name', name: 'title', owner: 'responsible_id' } as const;

/**
 * A lead in the terms of records. Its statuses are the stages of a pipeline that is called `lead`, so that a system shows them by
 * a table as it shows stages.
 */
export function valuesOf({ row, box, owner, rules }: OfficeLead): Values {
  const { amount, currency } = row;
  return {
    id: row.id,
    pipeline: 'lead',
    stage: `lead:${row.status}`,
    name: row.title,
    person: box.name,
    phones: listed(box.phones),
    emails: listed(box.emails),
    city: titleOf(rules.cities, box.city),
    niche: titleOf(rules.niches, box.niche),
    source: titleOf(rules.sources, row.source),
    handling: titleOf(rules.handlings, row.handling),
    amount: amount === null || currency === null ? null : { minor: amount, currency },
    owner,
  };
}

/** What everybody who sees the deal may know: not who it is. */
export function dealNameOf({ row, rules }: OfficeLead): string {
  const place = [titleOf(rules.cities, row.city), titleOf(rules.niches, row.niche)];
  const known = place.filter((title) => title !== null).join(' · ');
  return row.title ?? (known || (titleOf(rules.sources, row.source) ?? row.source));
}

/** What somebody else has entered, as a platform would send it. */
export function entryBody(
  values: Values,
  owner: Responsible,
  ref: ExternalRef,
): Decision<CreateLead> {
  const gone = refusedBefore(values, owner);
  if (gone !== null) return gone;
  const { source } = values;
  const own = bodyOf(values, owner);
  const body = {
    ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== null)),
    ...(typeof source === 'string' ? { source } : {}),
    external_ref: ref,
  };
  return readAs(createLeadBody, body);
}

/** Of several numbers or addresses those that can be read; when none can, all of them, so that it is told. */
export function readableOf(values: Values, country: string): Values {
  const readable = (['phones', 'emails'] as const).flatMap((way): [string, Json][] => {
    const list = values[way];
    if (!Array.isArray(list)) return [];
    const texts = list.filter((text) => typeof text === 'string');
    const read = texts.filter(
      (text) => readContact({ [way]: [text] }, { readPhone, country }).contact[way].length > 0,
    );
    return read.length === 0 ? [] : [[way, read.slice(0, MAX_CONTACT_WAYS)]];
  });
  return { ...values, ...Object.fromEntries(readable) };
}

/** Of two records of one lead what the other one adds: who it is there, further numbers and addresses, and what is not known here. */
export function newsOf(there: Values, here: Values): Values {
  const listOf = (value: Json | undefined): readonly string[] =>
    Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  const ways = (['phones', 'emails'] as const).flatMap((way): [string, Json][] => {
    const all = new Set([...listOf(here[way]), ...listOf(there[way])]);
    return [[way, [...all].slice(0, MAX_CONTACT_WAYS)]];
  });
  const name = there['person'] ?? null;
  const others = (['amount', 'owner', 'city', 'niche'] as const).flatMap((field) => {
    const value = there[field] ?? null;
    return value === null || (here[field] ?? null) !== null ? [] : [[field, value] as const];
  });
  return {
    ...(name === null ? {} : { person: name }),
    ...Object.fromEntries(ways),
    ...Object.fromEntries(others),
  };
}

/** Null when no field of a lead changes. */
export function editOf(
  values: Values,
  owner: Responsible,
  version: number,
): Decision<EditLead | null> {
  const gone = refusedBefore(values, owner);
  if (gone !== null) return gone;
  const body = bodyOf(values, owner);
  return Object.keys(body).length === 0 ? accept(null) : readAs(editLeadBody, { ...body, version });
}

/** Nothing that was refused is repeated: reasons are kept and seen by who may not know who people are. */
export function refusedBy({ code, reason, field }: Refusal): WriteRefusal {
  const [name = ''] = (field ?? '').split('.');
  const own = Object.entries(BODY).find(([, body]) => body === name)?.[0];
  const told = own ?? (name === 'currency' ? 'amount' : name);
  return { code, reason, field: told === '' ? null : told };
}

function bodyOf(values: Values, { id }: Responsible): Record<string, unknown> {
  const amount = moneySchema.safeParse(values['amount']).data;
  const text = (field: string, name = field): object =>
    field in values ? { [name]: values[field] ?? null } : {};
  const list = (field: string): object =>
    field in values ? { [field]: Array.isArray(values[field]) ? values[field] : [] } : {};
  return {
    ...text('person', BODY.person),
    ...list('phones'),
    ...list('emails'),
    ...text('city'),
    ...text('niche'),
    ...('amount' in values
      ? { amount: amount?.minor ?? null, currency: amount?.currency ?? null }
      : {}),
    ...(id === undefined ? {} : { responsible_id: id }),
  };
}

function readAs<T>(schema: z.ZodType<T>, body: unknown): Decision<T> {
  const read = schema.safeParse(body);
  if (read.success) return accept(read.data);
  const [issue] = read.error.issues;
  return refuse(
    'invalid_value',
    `A lead cannot hold it: ${issue?.message ?? ''}`,
    String(issue?.path[0] ?? ''),
  );
}

/** What the other system says without a value. */
function refusedBefore(values: Values, owner: Responsible): Decision<never> | null {
  const gone = ['city', 'niche'].find((field) => typeof (values[field] ?? '') !== 'string');
  if (gone !== undefined)
    return refuse(
      'field_gone',
      `The other system has no such field for the ${gone} any more, so the value here stays. Choose another field in the settings of the connector, or none.`,
      gone,
    );
  if (owner.unknown !== true) return null;
  return refuse(
    'unknown_owner',
    'No active account of the head office has the e-mail address of this person.',
    'responsible_id',
  );
}

function listed(values: readonly string[]): Json {
  return values.length === 0 ? null : [...values];
}
