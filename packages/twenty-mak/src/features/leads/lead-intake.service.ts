import { Inject, Injectable } from '@nestjs/common';
import { duplicateNotice } from 'twenty-mak-domain';
import type { Decision } from 'twenty-mak-domain';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { forbidden, RefusalError } from '../../platform/errors/index.ts';
import { parse } from '../../platform/validation/index.ts';
import { Audit } from '../audit/index.ts';
import { entryOf } from './lead-entries.ts';
import type { EntryOutcome, LeadEntry } from './lead-entries.ts';
import { contextOf, viewerOf } from './lead-entry.service.ts';
import { findLeadSettings } from './lead-settings.repository.ts';
import { matchAnswer } from './lead-views.ts';
import { LeadWriter } from './lead-writer.ts';
import { createLeadBody } from './leads.dto.ts';
import type { IntakeResult } from './leads.dto.ts';

/** Of so many leads at a time names are compared before the answer; of more afterwards. */
const FEW = 20;

/** Leads that outer platforms push. */
@Injectable()
export class LeadIntakeService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LeadWriter) private readonly writer: LeadWriter,
  ) {}

  /** One result a lead, in their order: one that is wrong holds no other back. A repeat with the same ids makes nothing new. */
  async take(principal: Principal, leads: readonly unknown[]): Promise<readonly IntakeResult[]> {
    const { tenantId, restrictedTo } = principal;
    if (restrictedTo !== undefined)
      throw forbidden('Platforms push leads with a key of their own; enter yours one by one.');
    return this.database.within({ tenantId }, async (tx) => {
      const rules = await findLeadSettings(tx, tenantId);
      const entries = leads.map((lead) => readEntry(lead, rules.country));
      const names = leads.length <= FEW ? ('now' as const) : ('later' as const);
      const context = { ...contextOf(principal, rules), names };
      const outcomes = await this.writer.write(
        tx,
        context,
        entries.flatMap((entry) => (entry.ok ? entry.value : [])),
      );
      const written = outcomes.values();
      const results = entries.map((entry) =>
        resultOf(
          principal,
          entry.ok ? written.next().value : { result: 'refused', ...entry.refusal },
        ),
      );
      const created = results.filter(({ result }) => result === 'created');
      await Audit.record(tx, principal, 'lead.intake', 'lead', null, {
        received: leads.length,
        created: created.map(({ lead_id: id }) => id),
      });
      return results;
    });
  }
}

function readEntry(lead: unknown, country: string): Decision<LeadEntry> {
  try {
    return entryOf(parse(createLeadBody, lead), country);
  } catch (error) {
    if (error instanceof RefusalError) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

function resultOf(principal: Principal, outcome: EntryOutcome | undefined): IntakeResult {
  if (outcome === undefined) throw new Error('an entry got no outcome');
  if (outcome.result === 'refused') return { ...outcome, lead_id: null, exists: false };
  if (outcome.result === 'known') return { result: 'known', lead_id: outcome.leadId, exists: true };
  const viewer = viewerOf(principal);
  const notice = duplicateNotice(viewer, outcome.matches);
  const isOwn = outcome.result === 'created' || viewer === 'head_office';
  return {
    result: outcome.result,
    lead_id: isOwn && 'leadId' in outcome ? outcome.leadId : null,
    exists: notice.exists,
    ...('matches' in notice ? { matches: notice.matches.map(matchAnswer) } : {}),
  };
}
