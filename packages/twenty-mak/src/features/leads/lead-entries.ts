import {
  accept,
  enterLead,
  isOpen,
  LEAD_KINDS,
  readContact,
  refuse,
  statusOf,
} from 'twenty-mak-domain';
import type {
  Decision,
  DuplicateMatch,
  Instant,
  LeadChoice,
  LeadDraft,
  LeadSettings,
  Stamped,
} from 'twenty-mak-domain';
import type { LeadRecord } from './lead-records.ts';
import type { LeadRules } from './lead-settings.repository.ts';
import type { CreateLead } from './leads.dto.ts';
import { readPhone } from './read-phone.ts';

/** A lead that somebody enters: a draft of a form, a platform or a row of a file. */
export interface LeadEntry {
  /** `responsible` and `partner` are ids or e-mail addresses of accounts. */
  readonly draft: LeadDraft;
  readonly title?: string | null;
  readonly score?: number | null;
  /** Left out: now. */
  readonly consentAt?: Instant;
  /** Where the answer about consent stands. */
  readonly evidence?: string;
}

/** Who enters leads, and how. */
export interface EntryContext {
  readonly tenantId: string;
  readonly actor: { readonly kind: string; readonly id: string };
  /** Head account of the company that brings them; null for the head office and for outer platforms. */
  readonly companyId: string | null;
  /** Source of drafts that name none. */
  readonly source: string;
  /** Whether similar names are looked for before the leads are written, or later by the job. Numbers always are at once. */
  readonly names: 'now' | 'later';
  /** A company is refused for duplicates of its own leads only; of those of others the head office is told. */
  readonly quiet?: boolean;
  /** What has to be done before; entries are made ready meanwhile. If it fails, nothing is entered. */
  readonly after?: Promise<unknown>;
  /** Decides and writes nothing. A company is told nothing of leads that are not its own, as if they were not there. */
  readonly dry?: boolean;
}

/** What became of an entry, or would become of it. */
export type EntryOutcome =
  | {
      readonly result: 'created';
      readonly leadId: string;
      /** Not empty: the lead is there, and somebody is told that it may be another one. */
      readonly matches: readonly DuplicateMatch[];
      /** Those of the company that enters it: what it may be told. */
      readonly own: readonly DuplicateMatch[];
    }
  | {
      readonly result: 'merged';
      /** The lead that it was merged into. */
      readonly leadId: string;
      readonly matches: readonly DuplicateMatch[];
      readonly own: readonly DuplicateMatch[];
    }
  | {
      readonly result: 'blocked';
      readonly matches: readonly DuplicateMatch[];
      readonly own: readonly DuplicateMatch[];
    }
  /** An outer id that is there already: a repeat, and nothing changed. */
  | { readonly result: 'known'; readonly leadId: string }
  | {
      readonly result: 'refused';
      readonly code: string;
      readonly reason: string;
      readonly field?: string;
    };

/** Reads what a form or a platform sent. Refuses with the first code of `readContact`. */
export function entryOf(body: CreateLead, country: string): Decision<LeadEntry> {
  const { contact, refusals } = readContact(
    {
      name: body.name ?? null,
      phones: body.phones ?? [],
      emails: body.emails ?? [],
      city: body.city ?? null,
    },
    { readPhone, country },
  );
  const [refusal] = refusals;
  if (refusal !== undefined) return { ok: false, refusal };
  const { amount = null, currency = null, consent } = body;
  return accept({
    draft: {
      contact,
      niche: body.niche ?? null,
      legalForm: body.legal_form ?? null,
      source: body.source ?? null,
      handling: body.handling ?? null,
      status: body.status ?? null,
      amount: amount === null || currency === null ? null : { amount, currency },
      comment: body.comment ?? null,
      consent: consent?.answer ?? null,
      responsible: body.responsible_id ?? null,
      partner: body.partner_id ?? null,
      externalRef: body.external_ref ?? null,
      attributes: body.attributes ?? {},
    },
    title: body.title ?? null,
    score: body.score ?? null,
    ...(consent?.at === undefined ? {} : { consentAt: consent.at }),
    ...(consent === undefined ? {} : { evidence: consent.evidence }),
  });
}

/** Refuses what the tenant's words do not have: `unknown_source`, `unknown_handling`, `unknown_status`, `status_not_open`. */
export function checkWords(
  settings: LeadSettings,
  { source, handling, status }: Pick<LeadDraft, 'source' | 'handling' | 'status'>,
): Decision<null> {
  for (const [name, word, list] of [
    ['source', source, settings.sources],
    ['handling', handling, settings.handlings],
  ] as const)
    if (word !== null && !list.some(({ key }) => key === word))
      return refuse(
        `unknown_${name}`,
        `There is no ${name} ${word.slice(0, 80)}; there are ${list.map(({ key }) => key).join(', ')}.`,
        name,
      );
  if (status === null) return accept(null);
  const known = statusOf(settings, status);
  if (known === null)
    return refuse('unknown_status', `There is no status ${status.slice(0, 80)}.`, 'status');
  if (!isOpen(known.kind) && known.kind !== 'rejected')
    return refuse(
      'status_not_open',
      `Leads become ${known.kind} by the auction, a return or a deal; of ${LEAD_KINDS.join(', ')} choose another.`,
      'status',
    );
  return accept(null);
}

/** Accounts that drafts name, by what they name them. */
export interface NamedAccounts {
  readonly responsible: ReadonlyMap<string, string>;
  readonly partner: ReadonlyMap<string, string>;
}

/**
 * The record that an entry makes. Refuses with the codes of `checkWords`, `unknown_responsible`, `unknown_partner` or
 * `consent_in_future`.
 */
export function recordOfEntry(
  id: string,
  { draft, title = null, score = null, consentAt, evidence }: LeadEntry,
  { actor, companyId, source }: EntryContext,
  rules: LeadRules,
  accounts: NamedAccounts,
  now: Instant,
): Decision<LeadRecord> {
  const words = checkWords(rules, draft);
  if (!words.ok) return words;
  const named = (name: 'responsible' | 'partner'): Decision<string | null> => {
    const text = draft[name];
    if (text === null) return accept(null);
    const account = accounts[name].get(text.toLowerCase());
    return account === undefined
      ? refuse(`unknown_${name}`, `There is no ${name} ${text.slice(0, 80)}.`, name)
      : accept(account);
  };
  const responsible = named('responsible');
  if (!responsible.ok) return responsible;
  const partner = companyId === null ? named('partner') : accept(companyId);
  if (!partner.ok) return partner;
  if (consentAt !== undefined && consentAt > now)
    return refuse(
      'consent_in_future',
      'The answer was given in the future; correct its time.',
      'consent.at',
    );
  const own = draft.source ?? source;
  const entered = enterLead(
    rules,
    id,
    { source: own, status: draft.status },
    { at: now, actorId: actor.id },
  );
  const set = <T>(value: T): Stamped<T> => ({ value, at: now });
  return accept({
    lead: {
      id,
      createdAt: now,
      origin: { leadId: id, at: now, source: own, partnerId: partner.value },
      fields: {
        name: set(draft.contact.name),
        city: set(titleOf(rules.cities, draft.contact.city)),
        niche: set(titleOf(rules.niches, draft.niche)),
        legalForm: set(draft.legalForm),
        handling: set(draft.handling),
        amount: set(draft.amount),
        responsibleId: set(responsible.value),
      },
      phones: draft.contact.phones.map(set),
      emails: draft.contact.emails.map(set),
      externalRefs: draft.externalRef === null ? [] : [draft.externalRef],
      consent:
        draft.consent === null
          ? null
          : { answer: draft.consent, at: consentAt ?? now, evidence: evidence ?? source },
      buyerId: null,
      last: entered,
      history: [entered],
      absorbed: [],
    },
    title,
    score,
    lotId: null,
    dealId: null,
    attributes: draft.attributes,
    version: 1,
    erased: false,
  });
}

/** The title of a key of a list; any other text as it is. */
export function titleOf(list: readonly LeadChoice[], text: string | null): string | null {
  return list.find(({ key }) => key === text)?.title ?? text;
}
