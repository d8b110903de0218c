import { Inject, Injectable } from '@nestjs/common';
import { moveLead, readContact, recordConsent } from 'twenty-mak-domain';
import type { DuplicateMatch, LeadOrigin, Stamped } from 'twenty-mak-domain';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { accepted, forbidden, notFound, RefusalError } from '../../platform/errors/index.ts';
import { creationId } from '../../platform/idempotency/index.ts';
import { Bus } from '../../platform/outbox/index.ts';
import { Audit } from '../audit/index.ts';
import { presentOf } from '../tenants/index.ts';
import { accountsNamed } from './lead-accounts.repository.ts';
import { LeadChanges, refuseForeign } from './lead-changes.ts';
import type { LeadBefore } from './lead-changes.ts';
import { insertComments, insertConsents } from './lead-contacts.repository.ts';
import { seesContacts } from './lead-contacts.ts';
import { insertPairs } from './lead-duplicates.repository.ts';
import { leadExists } from './lead-entry.service.ts';
import { checkWords, titleOf } from './lead-entries.ts';
import { LeadMatcher } from './lead-matcher.ts';
import { tellResponsible } from './lead-notices.ts';
import { LeadOffers, offeredMeanwhile } from './lead-offers.ts';
import { correctedOrigin } from './lead-origins.ts';
import { LeadQuestions } from './lead-questions.ts';
import type { LeadRecord } from './lead-records.ts';
import type { LeadView } from './lead-views.ts';
import type { EditLead, MoveLead, RecordConsent } from './leads.dto.ts';
import { findLeads } from './leads.repository.ts';
import type { ListedLead } from './leads.repository.ts';
import { LeadsService } from './leads.service.ts';
import { ringPairs } from './pairs-ring.ts';
import { readPhone } from './read-phone.ts';

const CONTACT = ['name', 'phones', 'emails', 'city', 'niche', 'legal_form', 'attributes'] as const;
/** What leads are compared by. */
const COMPARED = ['name', 'phones', 'emails', 'city'] as const;
const OFFICE = ['title', 'score', 'responsible_id', 'source', 'partner_id'] as const;
/** Words of the tenant's lists that have to be there. */
const WORDS = ['source', 'handling'] as const;

/** What people change of a lead. */
@Injectable()
export class LeadEditsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LeadChanges) private readonly changes: LeadChanges,
    @Inject(LeadsService) private readonly leads: LeadsService,
    @Inject(LeadMatcher) private readonly matcher: LeadMatcher,
    @Inject(LeadQuestions) private readonly questions: LeadQuestions,
    @Inject(LeadOffers) private readonly offers: LeadOffers,
    @Inject(Bus) private readonly bus: Bus,
  ) {}

  /**
   * Changes fields. Refuses with the codes of `readContact`, of `correctedOrigin` and of entering, `lead_exists` when the tenant blocks duplicates
   * (of a company only those among its own leads), `lead_erased`, `stale_version`.
   */
  async edit(principal: Principal, id: string, { version, ...edit }: EditLead): Promise<LeadView> {
    const contacts = CONTACT.some((name) => edit[name] !== undefined);
    if (contacts && !seesContacts(principal))
      throw forbidden('Who may not see contacts may not change them.');
    if (principal.restrictedTo !== undefined && OFFICE.some((name) => edit[name] !== undefined))
      throw forbidden('Only the office sets title, score, source, partner and who is responsible.');
    if (COMPARED.some((name) => edit[name] !== undefined)) await this.questions.spend(principal);
    const words = WORDS.some((name) => edit[name] !== undefined);
    const expected = { version, sent: edit, contacts, words };
    return this.changes.change(principal, id, expected, async (before, tx) => {
      if (contacts && before.record.erased) throw erased();
      const origin = await correctedOrigin(tx, principal.tenantId, before, edit);
      const record = await edited(tx, principal, before, edit, origin);
      if (contacts) await this.compare(tx, principal, before, record);
      return { record, origin, action: 'lead.edited', detail: { fields: Object.keys(edit) } };
    });
  }

  /** Moves the lead by hand. Refuses as `moveLead` does. Nothing happens when it is there already. */
  async move(
    principal: Principal,
    id: string,
    { status, reason, version }: MoveLead,
  ): Promise<LeadView> {
    const expected = { version, sent: { status }, contacts: false };
    return this.changes.change(principal, id, expected, ({ record, rules, now }) => {
      const { last, history } = record.lead;
      const context = { at: now, actorId: principal.id, reason: reason ?? null };
      const change = accepted(moveLead(rules, last, status, context));
      if (change === null) return null;
      return {
        record: {
          ...record,
          lead: { ...record.lead, last: change, history: [...history, change] },
        },
        change,
        action: 'lead.moved',
        detail: { from: last.to, to: change.to },
      };
    });
  }

  /** Adds a remark. Whoever sees the contact sees it. */
  async comment(principal: Principal, id: string, text: string): Promise<LeadView> {
    const { tenantId } = principal;
    const seen = await this.leads.one(principal, id);
    return this.database.within({ tenantId }, async (tx) => {
      const [row] = await findLeads(tx, tenantId, [seen.id], true);
      if (row === undefined) throw notFound('lead');
      refuseForeign(principal, row);
      insertComments(tx, tenantId, [
        {
          id: creationId(),
          lead_id: seen.id,
          author_kind: principal.kind,
          author_id: principal.id,
          text,
          created_at: await presentOf(tx, tenantId),
        },
      ]);
      await Audit.record(tx, principal, 'lead.commented', 'lead', seen.id);
      return seen;
    });
  }

  /**
   * Records what the person says about the processing of personal data. A no ends the lot that the lead is in. Refuses as the
   * rule does.
   */
  async recordConsent(
    principal: Principal,
    id: string,
    { answer, at, evidence }: RecordConsent,
  ): Promise<LeadView> {
    const first = async (tx: Transaction, seen: ListedLead): Promise<void> => {
      if (answer === 'given') return;
      const { tenantId } = principal;
      const now = await presentOf(tx, tenantId);
      // What was said before a yes changes nothing.
      const isOlder = (at ?? now) < (seen.consent_at ?? 0) && (seen.consent_at ?? 0) <= now;
      if (!isOlder) await this.offers.end(tx, tenantId, [seen.id]);
    };
    const expected = { sent: {}, contacts: false, first };
    return this.changes.change(principal, id, expected, async ({ record, now }, tx) => {
      const { lead } = record;
      const given = { answer, at: at ?? now, evidence };
      const consent = accepted(recordConsent(lead.consent, given, now));
      if (lead.last.kind === 'auction' && consent.answer !== 'given') throw offeredMeanwhile();
      insertConsents(tx, principal.tenantId, [
        {
          ...given,
          id: creationId(),
          lead_id: lead.id,
          recorded_by: principal.id,
          recorded_at: now,
        },
      ]);
      const after = { ...record, lead: { ...lead, consent } };
      return { record: after, action: 'lead.consent_recorded', detail: { answer } };
    });
  }

  /**
   * A number that is somebody else's is told of, or refused, as when a lead is entered. A company is told nothing of leads
   * that are not its own, not by a refusal either: it could try one number after the other on a lead that it has. People of
   * the head office are told, and find the pair among the duplicates.
   */
  private async compare(
    tx: Transaction,
    principal: Principal,
    { rules, now }: LeadBefore,
    record: LeadRecord,
  ): Promise<void> {
    const { tenantId, restrictedTo } = principal;
    const found = await this.matcher.find(tx, tenantId, [record], {
      names: rules.likely !== 'ignore',
    });
    const { id } = record.lead;
    const matches = found
      .of(id, this.matcher.keysOf(tenantId, record))
      .filter(({ leadId }) => leadId !== id);
    const wish = (match: DuplicateMatch): string =>
      match.by === 'name' ? rules.likely : rules.certain;
    const told = restrictedTo === undefined ? matches : found.ownOf(restrictedTo, matches);
    if (told.some((match) => wish(match) === 'block')) throw leadExists(principal, told);
    insertPairs(
      tx,
      tenantId,
      matches.map((match) => ({ leadId: id, match })),
      now,
    );
    if (matches.length > 0) ringPairs(this.bus, tenantId);
    await tellResponsible(tx, tenantId, principal.id, matches, found.known);
  }
}

async function edited(
  tx: Transaction,
  principal: Principal,
  { record, rules, now }: LeadBefore,
  edit: Omit<EditLead, 'version'>,
  origin: LeadOrigin | null,
): Promise<LeadRecord> {
  const { lead } = record;
  const { fields } = lead;
  const { contact, refusals } = readContact(
    {
      name: edit.name === undefined ? fields.name.value : edit.name,
      phones: edit.phones ?? lead.phones.map(({ value }) => value),
      emails: edit.emails ?? lead.emails.map(({ value }) => value),
      city: edit.city === undefined ? fields.city.value : edit.city,
    },
    { readPhone, country: rules.country },
  );
  const [refusal] = refusals;
  if (refusal !== undefined && !record.erased) throw new RefusalError(refusal);
  accepted(checkWords(rules, { source: null, handling: edit.handling ?? null, status: null }));
  const responsible = edit.responsible_id ?? null;
  const named = await accountsNamed(tx, principal.tenantId, [{ responsible, partner: null }]);
  if (responsible !== null && !named.responsible.has(responsible))
    throw new RefusalError({
      code: 'unknown_responsible',
      reason: 'There is no active account of the head office with this id. See GET /v1/accounts.',
      field: 'responsible_id',
    });
  const set = <T>(before: Stamped<T>, value: T | undefined): Stamped<T> =>
    value === undefined || JSON.stringify(value) === JSON.stringify(before.value)
      ? before
      : { value, at: now };
  const ways = (before: readonly Stamped<string>[], values: readonly string[]) =>
    values.map((value) => before.find((one) => one.value === value) ?? { value, at: now });
  const amount =
    edit.amount === undefined
      ? undefined
      : edit.amount === null || edit.currency == null
        ? null
        : { amount: edit.amount, currency: edit.currency };
  return {
    ...record,
    lead: {
      ...lead,
      origin: origin ?? lead.origin,
      fields: {
        name: set(fields.name, contact.name),
        city: set(fields.city, titleOf(rules.cities, contact.city)),
        niche: set(
          fields.niche,
          edit.niche === undefined ? undefined : titleOf(rules.niches, edit.niche),
        ),
        legalForm: set(fields.legalForm, edit.legal_form),
        handling: set(fields.handling, edit.handling),
        amount: set(fields.amount, amount),
        responsibleId: set(fields.responsibleId, edit.responsible_id),
      },
      phones: ways(lead.phones, contact.phones),
      emails: ways(lead.emails, contact.emails),
    },
    title: edit.title === undefined ? record.title : edit.title,
    score: edit.score === undefined ? record.score : edit.score,
    attributes: edit.attributes ?? record.attributes,
  };
}

function erased(): RefusalError {
  return new RefusalError(
    {
      code: 'lead_erased',
      reason: 'The person was erased, and nobody can read who it was. Enter a new lead instead.',
    },
    409,
  );
}
