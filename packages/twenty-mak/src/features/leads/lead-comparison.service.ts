import { Inject, Injectable } from '@nestjs/common';
import { comparableOf, duplicateKeys, listReader, matchComparables } from 'twenty-mak-domain';
import type { DuplicateMatch, ListReader } from 'twenty-mak-domain';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { Bus } from '../../platform/outbox/index.ts';
import { presentOf } from '../tenants/index.ts';
import { findContacts } from './lead-contacts.repository.ts';
import type { LeadContactRow } from './lead-contacts.repository.ts';
import {
  insertPairs,
  pairsToCompare,
  saveBlocks,
  waitingLeads,
} from './lead-duplicates.repository.ts';
import { LeadMatcher } from './lead-matcher.ts';
import { tellResponsible } from './lead-notices.ts';
import { tellOfLeads } from './lead-records.repository.ts';
import type { ContactBox } from './lead-records.ts';
import { findLeadSettings } from './lead-settings.repository.ts';
import { LeadStore } from './lead-store.ts';
import { useIndexes } from './leads.lock.ts';
import { findLeads } from './leads.repository.ts';
import { ringPairs } from './pairs-ring.ts';

/** Leads that one transaction compares. */
const BATCH = 500;

/** Whether leads of a tenant are still coming in so fast that their names had better wait. */
export type Postpone = (tx: Transaction, tenantId: string) => Promise<boolean>;

/** Compares names of leads with those of others in their city, in sets, after they were entered. */
@Injectable()
export class LeadComparison {
  private readonly reasons: Postpone[] = [];

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LeadStore) private readonly store: LeadStore,
    @Inject(LeadMatcher) private readonly matcher: LeadMatcher,
    @Inject(Bus) private readonly bus: Bus,
  ) {}

  /** Lets a feature that enters many leads have them compared when it is done. */
  postponeWhile(reason: Postpone): void {
    this.reasons.push(reason);
  }

  /**
   * One batch in one transaction: what was compared counts as such when the pairs that were found are there. True if more
   * may wait.
   */
  async step(tenantId: string): Promise<boolean> {
    return this.database.within({ tenantId }, async (tx) => {
      for (const reason of this.reasons) if (await reason(tx, tenantId)) return false;
      useIndexes(tx);
      const ids = await waitingLeads(tx, tenantId, BATCH);
      if (ids.length === 0) return false;
      const rules = await findLeadSettings(tx, tenantId);
      const boxes = await this.boxesOf(tx, tenantId, ids);
      const blocks = [...boxes].flatMap(([lead_id, box]) =>
        this.matcher
          .blocksOf(tenantId, duplicateKeys(box).blocks)
          .map((digest) => ({ digest, lead_id })),
      );
      saveBlocks(tx, tenantId, ids, blocks);
      if (rules.likely !== 'ignore') await this.compare(tx, tenantId, ids, boxes);
      await listNow(tx, tenantId, boxes, listReader(rules));
      await tx.execute(
        'UPDATE lead SET compare_at = NULL WHERE tenant_id = $1 AND id = ANY ($2::uuid[])',
        [tenantId, ids],
      );
      return ids.length === BATCH;
    });
  }

  private async compare(
    tx: Transaction,
    tenantId: string,
    ids: readonly string[],
    own: ReadonlyMap<string, ContactBox>,
  ): Promise<void> {
    const pairs = await pairsToCompare(tx, tenantId, ids);
    const others = pairs.flatMap(({ lead_id, other_id }) => [lead_id, other_id]);
    const missing = [...new Set(others)].filter((id) => !own.has(id));
    const boxes = [...own, ...(await this.boxesOf(tx, tenantId, missing))];
    const known = new Map(boxes.map(([id, box]) => [id, comparableOf(box)]));
    const found = pairs.flatMap(({ lead_id, other_id }) => {
      const [left, right] = [known.get(lead_id), known.get(other_id)];
      const match =
        left === undefined || right === undefined ? null : matchComparables(left, right);
      // The same number or address was seen when the lead was entered.
      if (match?.by !== 'name') return [];
      return { leadId: lead_id, match: { leadId: other_id, ...match } };
    });
    if (found.length === 0) return;
    insertPairs(tx, tenantId, found, await presentOf(tx, tenantId));
    ringPairs(this.bus, tenantId);
    const fresh = new Set(ids);
    // Of a pair the older lead is the one whose responsible person does not know yet.
    const told = found.flatMap(({ leadId, match }): DuplicateMatch[] =>
      fresh.has(leadId) && !fresh.has(match.leadId) ? [match] : [{ ...match, leadId }],
    );
    const rows = await findLeads(
      tx,
      tenantId,
      told.map(({ leadId }) => leadId),
    );
    await tellResponsible(tx, tenantId, '', told, new Map(rows.map((row) => [row.id, row])));
  }

  private async boxesOf(
    tx: Transaction,
    tenantId: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, ContactBox>> {
    if (ids.length === 0) return new Map();
    const rows: LeadContactRow[] = await findContacts(tx, tenantId, ids);
    const boxes = await this.store.open(tx, tenantId, rows);
    return new Map(
      rows.flatMap(({ lead_id }, index): [string, ContactBox][] => {
        const box = boxes[index] ?? null;
        return box === null ? [] : [[lead_id, box]];
      }),
    );
  }
}

/** A city or niche that was not listed when the lead was entered may be so now. */
async function listNow(
  tx: Transaction,
  tenantId: string,
  boxes: ReadonlyMap<string, ContactBox>,
  lists: ListReader,
): Promise<void> {
  const rows = [...boxes].map(([id, { city, niche }]) => ({
    id,
    city: city === null ? null : lists.city(city),
    niche: niche === null ? null : lists.niche(niche),
    full:
      (city === null || lists.city(city) !== null) &&
      (niche === null || lists.niche(niche) !== null),
  }));
  const listed = await tx.query<{ id: string }>(
    `UPDATE lead SET city = coalesce(lead.city, sent.city), niche = coalesce(lead.niche, sent.niche), unlisted = NOT sent.complete
     FROM unnest($2::uuid[], $3::text[], $4::text[], $5::boolean[]) AS sent (id, city, niche, complete)
     WHERE lead.tenant_id = $1 AND lead.id = sent.id AND lead.unlisted RETURNING lead.id`,
    [
      tenantId,
      rows.map(({ id }) => id),
      rows.map(({ city }) => city),
      rows.map(({ niche }) => niche),
      rows.map(({ full }) => full),
    ],
  );
  tellOfLeads(
    tx,
    tenantId,
    listed.map(({ id }) => id),
    'backfill',
  );
}
