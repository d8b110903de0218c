import { Inject, Injectable } from '@nestjs/common';
import { accept, decideDuplicate, isFree, listReader, mergeLeads } from 'twenty-mak-domain';
import type { Decision, DuplicateMatch, Instant } from 'twenty-mak-domain';
import { afterCommit } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { creationId } from '../../platform/idempotency/index.ts';
import { JobBell } from '../../platform/jobs/index.ts';
import { Bus, OUTBOX_CHANNEL } from '../../platform/outbox/index.ts';
import { presentOf } from '../tenants/index.ts';
import { accountsNamed } from './lead-accounts.repository.ts';
import { candidatesOf } from './lead-candidates.ts';
import type { Candidate, MadeLeads } from './lead-candidates.ts';
import {
  insertComments,
  insertConsents,
  insertHistory,
  insertRefs,
} from './lead-contacts.repository.ts';
import { insertPairs } from './lead-duplicates.repository.ts';
import { recordOfEntry } from './lead-entries.ts';
import type { EntryContext, EntryOutcome, LeadEntry } from './lead-entries.ts';
import { announceCreated } from './lead-events.ts';
import { LeadMatcher } from './lead-matcher.ts';
import type { BatchMatches } from './lead-matcher.ts';
import { tellResponsible } from './lead-notices.ts';
import type { LeadRecord } from './lead-records.ts';
import { findLeadSettings } from './lead-settings.repository.ts';
import type { LeadRules } from './lead-settings.repository.ts';
import { LeadStore } from './lead-store.ts';
import { leadCompare } from './leads.jobs.ts';
import { lockLeads, useIndexes } from './leads.lock.ts';
import { ringPairs } from './pairs-ring.ts';

/** What a batch comes to before it is saved. */
interface Plan {
  readonly outcomes: (EntryOutcome | undefined)[];
  /** New leads by id, with what was merged into them. */
  readonly created: Map<string, LeadRecord>;
  /** Leads that were there, with what was merged into them. */
  readonly changed: Map<string, LeadRecord>;
  /** The lead that each accepted candidate went into. */
  readonly into: Map<Candidate, string>;
  readonly pairs: { readonly leadId: string; readonly match: DuplicateMatch }[];
}

/**
 * The one way in which leads come in, whatever they come from: checks a batch, looks for duplicates, and writes it by a few
 * statements whatever its size, in the caller's transaction. The transaction must see the whole tenant.
 */
@Injectable()
export class LeadWriter {
  constructor(
    @Inject(LeadStore) private readonly store: LeadStore,
    @Inject(LeadMatcher) private readonly matcher: LeadMatcher,
    @Inject(JobBell) private readonly bell: JobBell,
    @Inject(Bus) private readonly bus: Bus,
  ) {}

  /** One outcome an entry, in their order. An entry that is refused changes nothing and holds no other back. */
  async write(
    tx: Transaction,
    context: EntryContext,
    entries: readonly LeadEntry[],
  ): Promise<readonly EntryOutcome[]> {
    const { tenantId } = context;
    useIndexes(tx);
    const ids = entries.map(() => creationId());
    const early = await this.make(tx, context, entries, ids);
    await context.after;
    const [, rules] = await Promise.all([lockLeads(tx, tenantId), findLeadSettings(tx, tenantId)]);
    // What was made ready before the turn holds if nobody has changed the rules meanwhile.
    const made =
      rules.version === early.rules.version ? early : await this.make(tx, context, entries, ids);
    const outcomes: (EntryOutcome | undefined)[] = entries.map(() => undefined);
    const { candidates, repeats } = await candidatesOf(tx, tenantId, entries, made, outcomes);
    const records = candidates.map(({ record }) => record);
    const matches = await this.matcher.find(tx, tenantId, records, {
      names: context.names === 'now',
      of: context.dry === true ? context.companyId : null,
    });
    const plan = await this.decide(tx, context, rules, candidates, matches, outcomes);
    for (const { index, of } of repeats) {
      const leadId = plan.into.get(of);
      outcomes[index] = leadId === undefined ? outcomes[of.index] : { result: 'known', leadId };
    }
    if (context.dry !== true) await this.save(tx, context, rules, made.now, plan, matches);
    return outcomes.filter((outcome) => outcome !== undefined);
  }

  /** The leads that entries make. Most of the work of an entry is here, and none of it needs the turn. */
  private async make(
    tx: Transaction,
    context: EntryContext,
    entries: readonly LeadEntry[],
    ids: readonly string[],
  ): Promise<MadeLeads> {
    const { tenantId, dry } = context;
    const drafts = entries.map(({ draft }) => draft);
    const [rules, now, accounts] = await Promise.all([
      findLeadSettings(tx, tenantId),
      presentOf(tx, tenantId),
      accountsNamed(tx, tenantId, drafts),
    ]);
    const records = entries.map((entry, index) => {
      const record = recordOfEntry(ids[index] ?? '', entry, context, rules, accounts, now);
      if (record.ok && dry !== true) this.store.prepare(tenantId, record.value.lead);
      return record;
    });
    return { rules, now, records };
  }

  /** One entry after the other, each seeing those before it. */
  private async decide(
    tx: Transaction,
    { tenantId, companyId, quiet = false }: EntryContext,
    rules: LeadRules,
    candidates: readonly Candidate[],
    matches: BatchMatches,
    outcomes: (EntryOutcome | undefined)[],
  ): Promise<Plan> {
    const targets =
      rules.certain === 'merge'
        ? await this.store.load(tx, tenantId, matches.takers(companyId))
        : [];
    // One that was put on auction since it was found stays as it is.
    const known = new Map(targets.filter(isStillFree).map((one) => [one.lead.id, one]));
    const plan: Plan = {
      outcomes,
      created: new Map(),
      changed: new Map(),
      into: new Map(),
      pairs: [],
    };
    for (const candidate of candidates) {
      const { index, record } = candidate;
      const { id } = record.lead;
      const keys = this.store.keysOf(tenantId, record.lead);
      const found = matches.of(id, keys);
      const decision = decideDuplicate(rules, found, (leadId) =>
        matches.takesIn(leadId, companyId),
      );
      const told = {
        matches: decision.matches,
        own: companyId === null ? [] : matches.ownOf(companyId, decision.matches),
      };
      const isTold = companyId === null || !quiet || told.own.length > 0;
      if (decision.action === 'block' && isTold) {
        outcomes[index] = { result: 'blocked', ...told };
        continue;
      }
      if (decision.action === 'merge') {
        const { into } = decision;
        const target = plan.created.get(into) ?? plan.changed.get(into) ?? known.get(into);
        const merged = target === undefined ? null : mergeInto(target, record);
        if (merged?.ok === true) {
          (plan.created.has(into) ? plan.created : plan.changed).set(into, merged.value);
          plan.into.set(candidate, into);
          matches.addRecord(merged.value, this.store.keysOf(tenantId, merged.value.lead));
          outcomes[index] = { result: 'merged', leadId: into, ...told };
          continue;
        }
      }
      plan.created.set(id, record);
      plan.into.set(candidate, id);
      matches.addRecord(record, keys);
      plan.pairs.push(...decision.matches.map((match) => ({ leadId: id, match })));
      outcomes[index] = { result: 'created', leadId: id, ...told };
    }
    return plan;
  }

  private async save(
    tx: Transaction,
    { tenantId, actor }: EntryContext,
    rules: LeadRules,
    now: Instant,
    { outcomes, created, changed, into, pairs }: Plan,
    matches: BatchMatches,
  ): Promise<void> {
    const lists = listReader(rules);
    const news = [...created.values()];
    await this.store.insert(tx, tenantId, news, lists, now);
    await this.store.update(tx, tenantId, [...changed.values()], lists, now, true);
    const written = [...into];
    insertHistory(
      tx,
      tenantId,
      written.map(([{ record }, holder]) => ({ ...record.lead.last, holder })),
    );
    insertRefs(
      tx,
      tenantId,
      written.flatMap(([{ record }, lead_id]) =>
        record.lead.externalRefs.map((ref) => ({ ...ref, lead_id })),
      ),
    );
    insertComments(
      tx,
      tenantId,
      written.flatMap(([{ entry }, lead_id]) =>
        entry.draft.comment === null
          ? []
          : {
              id: creationId(),
              lead_id,
              author_kind: actor.kind,
              author_id: actor.id,
              text: entry.draft.comment,
              created_at: now,
            },
      ),
    );
    insertConsents(
      tx,
      tenantId,
      written.flatMap(([{ record }, lead_id]) =>
        record.lead.consent === null
          ? []
          : {
              ...record.lead.consent,
              id: creationId(),
              lead_id,
              recorded_by: actor.id,
              recorded_at: now,
            },
      ),
    );
    insertPairs(tx, tenantId, pairs, now);
    if (pairs.length > 0) ringPairs(this.bus, tenantId);
    const told = outcomes.flatMap((outcome) =>
      outcome !== undefined && 'matches' in outcome ? outcome.matches : [],
    );
    await tellResponsible(tx, tenantId, actor.id, told, matches.known);
    announceCreated(tx, tenantId, news);
    afterCommit(() => {
      this.bus.ring(OUTBOX_CHANNEL, tenantId);
      this.bell.ring(leadCompare, { tenantId });
    });
  }
}

function isStillFree({ lead: { last, buyerId } }: LeadRecord): boolean {
  return isFree({ kind: last.kind, buyerId });
}

/** What was there stays the lead, and takes in what the new one knows. */
function mergeInto(target: LeadRecord, { lead, attributes }: LeadRecord): Decision<LeadRecord> {
  // The clock of a tenant may stand still or have been set back; the one that comes in is the younger one anyway.
  const createdAt = Math.max(lead.createdAt, target.lead.createdAt + 1);
  const merged = mergeLeads(target.lead, { ...lead, createdAt });
  if (!merged.ok) return merged;
  const { survivor } = merged.value;
  return accept({
    ...target,
    lead: survivor,
    attributes: { ...target.attributes, ...attributes },
  });
}
