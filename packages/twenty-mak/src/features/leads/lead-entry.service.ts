import { Inject, Injectable } from '@nestjs/common';
import { duplicateNotice, readContact } from 'twenty-mak-domain';
import type { DuplicateMatch, DuplicateNotice } from 'twenty-mak-domain';
import type { Principal } from '../../platform/auth/index.ts';
import { apart, Database, inTransaction } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { accepted, forbidden, RefusalError } from '../../platform/errors/index.ts';
import { Audit } from '../audit/index.ts';
import { entryOf } from './lead-entries.ts';
import type { EntryContext, EntryOutcome } from './lead-entries.ts';
import { LeadMatcher } from './lead-matcher.ts';
import { tellResponsibleOf } from './lead-notices.ts';
import { LeadQuestions } from './lead-questions.ts';
import { findLeadSettings } from './lead-settings.repository.ts';
import type { LeadRules } from './lead-settings.repository.ts';
import { LeadWriter } from './lead-writer.ts';
import type { LeadView } from './lead-views.ts';
import type { CreateLead } from './leads.dto.ts';
import { LeadsService } from './leads.service.ts';
import { readPhone } from './read-phone.ts';

/** What whoever enters a lead learns. */
export interface EnteredLead {
  readonly result: 'created' | 'merged' | 'known';
  readonly notice: DuplicateNotice;
  /** Null when it was merged into one that is not the caller's. */
  readonly lead: LeadView | null;
}

export interface LookedFor {
  readonly name?: string | undefined;
  readonly phones?: readonly string[] | undefined;
  readonly emails?: readonly string[] | undefined;
  readonly city?: string | undefined;
}

/** Leads that people and platforms enter one by one. */
@Injectable()
export class LeadEntryService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LeadWriter) private readonly writer: LeadWriter,
    @Inject(LeadMatcher) private readonly matcher: LeadMatcher,
    @Inject(LeadsService) private readonly leads: LeadsService,
    @Inject(LeadQuestions) private readonly questions: LeadQuestions,
  ) {}

  /** Enters a lead. Refuses with the codes of the entry, and `lead_exists` when the tenant blocks duplicates. */
  async create(principal: Principal, body: CreateLead): Promise<EnteredLead> {
    const { tenantId } = principal;
    refuseForOutside(principal, body);
    await this.questions.spend(principal);
    const entered = await this.database.within({ tenantId }, async (tx) => {
      const rules = await findLeadSettings(tx, tenantId);
      const entry = accepted(entryOf(body, rules.country));
      const [outcome] = await this.writer.write(tx, contextOf(principal, rules), [entry]);
      if (outcome === undefined) throw new Error('an entry got no outcome');
      if (outcome.result === 'refused') throw new RefusalError(outcome);
      const matches = 'matches' in outcome ? outcome.matches : [];
      await this.auditTold(tx, principal, matches);
      if (outcome.result === 'blocked') return { blocked: matches };
      await Audit.record(tx, principal, `lead.${AUDITED[outcome.result]}`, 'lead', outcome.leadId);
      return this.entered(tx, principal, outcome, matches);
    });
    if (!('blocked' in entered)) return entered;
    // The refusal undoes the transaction of a request with a key; that somebody asked has to stay.
    if (inTransaction())
      await apart(() =>
        this.database.within({ tenantId }, async (tx) => {
          await this.auditTold(tx, principal, entered.blocked);
          await tellResponsibleOf(tx, tenantId, principal.id, entered.blocked);
        }),
      );
    throw leadExists(principal, entered.blocked);
  }

  /**
   * Whether the tenant has such a lead. The head office learns which ones; others only that it exists, and not often: their
   * questions are limited and audited. Refuses with the codes of `readContact`.
   */
  async check(principal: Principal, sought: LookedFor): Promise<DuplicateNotice> {
    const { tenantId } = principal;
    await this.questions.spend(principal);
    return this.database.within({ tenantId }, async (tx) => {
      const rules = await findLeadSettings(tx, tenantId);
      const { contact, refusals } = readContact(
        {
          name: sought.name ?? null,
          phones: sought.phones ?? [],
          emails: sought.emails ?? [],
          city: sought.city ?? null,
        },
        { readPhone, country: rules.country },
      );
      const [refusal] = refusals;
      if (refusal !== undefined) throw new RefusalError(refusal);
      const matches = await this.matcher.matchesOf(tx, tenantId, contact);
      await this.auditTold(tx, principal, matches);
      return duplicateNotice(viewerOf(principal), matches);
    });
  }

  /** What others were told of leads that they may not see. */
  private async auditTold(
    tx: Transaction,
    principal: Principal,
    matches: readonly DuplicateMatch[],
  ): Promise<void> {
    if (viewerOf(principal) === 'head_office') return;
    await Audit.record(tx, principal, 'lead.existence_told', 'lead', null, {
      exists: matches.length > 0,
      leads: matches.map(({ leadId }) => leadId),
    });
  }

  private async entered(
    tx: Transaction,
    principal: Principal,
    { result, leadId }: Extract<EntryOutcome, { leadId: string }>,
    matches: readonly DuplicateMatch[],
  ): Promise<EnteredLead> {
    const notice = duplicateNotice(viewerOf(principal), matches);
    const view = await this.leads.load(tx, principal, leadId);
    const { restrictedTo } = principal;
    const [row] = await tx.query<{ own: boolean }>(
      `SELECT coalesce(partner_id::text = $3, false) OR coalesce(buyer_id::text = $3, false) AS own
       FROM lead WHERE tenant_id = $1 AND id = $2`,
      [principal.tenantId, view.id, restrictedTo ?? null],
    );
    const isOffice = viewerOf(principal) === 'head_office';
    const visible = isOffice || row?.own === true || result === 'created';
    return { result, notice, lead: visible ? view : null };
  }
}

const AUDITED = { created: 'created', merged: 'merged_at_entry', known: 'entered_again' } as const;

/** Who may know which leads match: people of the head office, and keys that read leads. */
export function viewerOf({ restrictedTo, scopes }: Principal): 'head_office' | 'outside' {
  return restrictedTo === undefined && scopes.has('leads:read') ? 'head_office' : 'outside';
}

/** Under which circumstances a principal enters leads. */
export function contextOf(
  { tenantId, kind, id, restrictedTo }: Principal,
  rules: LeadRules,
): EntryContext {
  const wanted = restrictedTo !== undefined ? 'partner' : kind === 'client' ? 'external' : '';
  const source = rules.sources.find(({ key }) => key === wanted) ?? rules.sources[0];
  return {
    tenantId,
    actor: { kind, id },
    companyId: restrictedTo ?? null,
    source: source?.key ?? wanted,
    names: 'now',
  };
}

export function leadExists(principal: Principal, matches: readonly DuplicateMatch[]): RefusalError {
  const notice = duplicateNotice(viewerOf(principal), matches);
  return new RefusalError(
    {
      code: 'lead_exists',
      reason:
        'There is such a lead already. Ask the head office, or work with the one that is there.',
    },
    409,
    'matches' in notice
      ? {
          matches: notice.matches.map(({ leadId, by, score }) => ({ lead_id: leadId, by, score })),
        }
      : {},
  );
}

function refuseForOutside({ restrictedTo }: Principal, body: CreateLead): void {
  if (restrictedTo === undefined) return;
  const theirs = ['title', 'score', 'responsible_id', 'partner_id', 'source', 'status'] as const;
  const sent = theirs.find((name) => body[name] !== undefined && body[name] !== null);
  if (sent !== undefined) throw forbidden(`Only the office says \`${sent}\`; leave it out.`);
  // Whoever claims an outer id would learn which lead has it.
  if (body.external_ref !== undefined)
    throw forbidden('Only the office links leads to outer systems; leave `external_ref` out.');
}
