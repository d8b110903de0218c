import { lastChange, legalFormOf } from 'twenty-mak-domain';
import type {
  Consent,
  ExternalRef,
  Lead,
  LeadKind,
  LeadOrigin,
  ListReader,
  Stamped,
  StatusChange,
} from 'twenty-mak-domain';
import type { LeadRow } from './leads.repository.ts';

/** A lead as the rules see it, with what the store keeps beside. */
export interface LeadRecord {
  readonly lead: Lead;
  readonly title: string | null;
  readonly score: number | null;
  readonly lotId: string | null;
  readonly dealId: string | null;
  /** What a file said that no field is for. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly version: number;
  /** Nobody can read any more who it was. */
  readonly erased: boolean;
}

/** What is sealed: everything that somebody wrote, and when numbers and addresses were set. */
export interface ContactBox {
  readonly id: string;
  readonly name: string | null;
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  readonly city: string | null;
  readonly niche: string | null;
  readonly legal_form: string | null;
  readonly at: { readonly phones: readonly number[]; readonly emails: readonly number[] };
}

/** Fields that have a stamp, by their name in the store. */
const STAMPED = {
  name: 'name',
  city: 'city',
  niche: 'niche',
  legalForm: 'legal_form',
  handling: 'handling',
  amount: 'amount',
  responsibleId: 'responsible',
} as const;

/** Who a lead is, to be sealed. The id keeps its person apart from others with the same number. */
export function boxOf({ id, fields, phones, emails }: Lead): ContactBox {
  return {
    id: `lead:${id}`,
    name: fields.name.value,
    phones: phones.map(({ value }) => value),
    emails: emails.map(({ value }) => value),
    city: fields.city.value,
    niche: fields.niche.value,
    legal_form: fields.legalForm.value,
    at: { phones: phones.map(({ at }) => at), emails: emails.map(({ at }) => at) },
  };
}

/** The columns of a lead. Of city, niche and legal form only what is listed. */
export function rowOf(record: LeadRecord, lists: ListReader, present: number): LeadRow {
  const { lead, title, score, lotId, dealId, version } = record;
  const { fields, last, origin, consent } = lead;
  const city = fields.city.value === null ? null : lists.city(fields.city.value);
  const niche = fields.niche.value === null ? null : lists.niche(fields.niche.value);
  return {
    id: lead.id,
    status: last.to,
    kind: last.kind,
    status_number: last.number,
    status_since: last.at,
    title,
    city,
    niche,
    legal_form: fields.legalForm.value === null ? null : legalFormOf(fields.legalForm.value),
    source: origin.source,
    handling: fields.handling.value,
    amount: fields.amount.value?.amount ?? null,
    currency: fields.amount.value?.currency ?? null,
    score,
    responsible_id: fields.responsibleId.value,
    partner_id: origin.partnerId,
    buyer_id: lead.buyerId,
    lot_id: lotId,
    deal_id: dealId,
    consent: consent?.answer ?? null,
    consent_at: consent?.at ?? null,
    unlisted:
      (fields.city.value !== null && city === null) ||
      (fields.niche.value !== null && niche === null),
    origin: origin.leadId === lead.id ? null : origin,
    stamps: stampsOf(lead),
    version,
    created_at: lead.createdAt,
    updated_at: present,
  };
}

export interface RecordParts {
  readonly row: LeadRow;
  /** Null when it was erased. */
  readonly box: ContactBox | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly refs: readonly ExternalRef[];
  readonly consent: Consent | null;
  readonly history: readonly StatusChange[];
}

export function recordOf({
  row,
  box,
  attributes,
  refs,
  consent,
  history,
}: RecordParts): LeadRecord {
  const { id, created_at: createdAt } = row;
  const stamped = <T>(name: string, value: T): Stamped<T> => ({
    value,
    at: row.stamps[name] ?? createdAt,
  });
  const ways = (values: readonly string[], at: readonly number[]): readonly Stamped<string>[] =>
    values.map((value, index) => ({ value, at: at[index] ?? createdAt }));
  const amount =
    row.amount === null || row.currency === null
      ? null
      : { amount: row.amount, currency: row.currency };
  const last = lastChange(history, id);
  if (last === undefined) throw new Error(`lead ${id} has no history`);
  const others = history.map(({ leadId }) => leadId).filter((leadId) => leadId !== id);
  return {
    lead: {
      id,
      createdAt,
      origin: row.origin ?? ownOrigin(row),
      fields: {
        name: stamped('name', box?.name ?? null),
        city: stamped('city', box?.city ?? null),
        niche: stamped('niche', box?.niche ?? null),
        legalForm: stamped('legal_form', box?.legal_form ?? null),
        handling: stamped('handling', row.handling),
        amount: stamped('amount', amount),
        responsibleId: stamped('responsible', row.responsible_id),
      },
      phones: ways(box?.phones ?? [], box?.at.phones ?? []),
      emails: ways(box?.emails ?? [], box?.at.emails ?? []),
      externalRefs: refs,
      consent,
      buyerId: row.buyer_id,
      last,
      history,
      absorbed: [...new Set(others)].toSorted(),
    },
    title: row.title,
    score: row.score,
    lotId: row.lot_id,
    dealId: row.deal_id,
    attributes,
    version: row.version,
    erased: box === null,
  };
}

/** The contact of a lead as it is compared. */
export function contactOf({ fields, phones, emails }: Lead) {
  return {
    name: fields.name.value,
    city: fields.city.value,
    phones: phones.map(({ value }) => value),
    emails: emails.map(({ value }) => value),
  };
}

export function kindOf({ lead }: LeadRecord): LeadKind {
  return lead.last.kind;
}

function ownOrigin({ id, created_at: at, source, partner_id: partnerId }: LeadRow): LeadOrigin {
  return { leadId: id, at, source, partnerId };
}

/** Only stamps that are not the time of creation. */
function stampsOf({ createdAt, fields }: Lead): Record<string, number> {
  const entries = Object.entries(STAMPED).map(([field, name]): [string, number] => [
    name,
    fields[field as keyof typeof STAMPED].at,
  ]);
  return Object.fromEntries(entries.filter(([, at]) => at !== createdAt));
}
