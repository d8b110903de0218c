import { Inject, Injectable } from '@nestjs/common';
import { formatInstant } from 'twenty-mak-domain';
import { v7 as uuidv7 } from 'uuid';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { forbidden, RefusalError, staleVersion } from '../../platform/errors/index.ts';
import { Bus, OUTBOX_CHANNEL, writeOutbox } from '../../platform/outbox/index.ts';
import { RecordFeed } from '../../platform/records/index.ts';
import { lockTenant } from '../../platform/tenancy/index.ts';
import { removeDeals } from '../analytics/index.ts';
import { Audit } from '../audit/index.ts';
import {
  DEALS_CHANNEL,
  dealsRing,
  DealsRefolder,
  EventsRepository,
  feedNotesOf,
} from '../events/index.ts';
import { RUN_RECORD_ID } from '../sla/index.ts';
import { refuseMerged } from './deal-changes.ts';
import { dealAnswer } from './deals.dto.ts';
import { DealsService } from './deals.service.ts';
import type { DealView } from './deals.service.ts';

interface PublishedRun {
  readonly timer: string;
  readonly opened_event_id: string;
  readonly due_at: number;
}

/** Two deals that turn out to be one. */
@Injectable()
export class DealMergeService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DealsService) private readonly deals: DealsService,
    @Inject(EventsRepository) private readonly events: EventsRepository,
    @Inject(DealsRefolder) private readonly refolder: DealsRefolder,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(RecordFeed) private readonly feed: RecordFeed,
  ) {}

  /**
   * Moves events, references and tasks of deal `id` to the deal `into`, which is folded again. What was derived of the
   * first is archived; it stays as a sign that points to the survivor. Gives the survivor.
   */
  async merge(
    principal: Principal,
    id: string,
    { version, into }: { version: number; into: string },
  ): Promise<DealView> {
    const { tenantId, restrictedTo } = principal;
    if (restrictedTo !== undefined) throw forbidden('Only the office merges deals.');
    if (id === into) {
      throw new RefusalError({
        code: 'same_deal',
        reason: 'A deal cannot be merged into itself.',
        field: 'into',
      });
    }
    const survivor = await this.database.within({ tenantId }, async (tx) => {
      await lockTenant(tx, tenantId);
      const loser = await this.deals.load(tx, tenantId, id);
      refuseMerged(loser);
      if (loser.row.version !== version) {
        const current = dealAnswer(loser.row, loser.pipeline, loser.present);
        throw staleVersion(current, { version, into });
      }
      refuseMerged(await this.deals.load(tx, tenantId, into));
      await this.close(tx, tenantId, loser, into);
      // References move to it, which changes nothing that is folded.
      const changed = { id: into, urgency: 'person', fields: ['external_refs'] } as const;
      this.feed.changed(tx, tenantId, 'deal', [changed]);
      await feedNotesOf(this.feed, tx, tenantId, [id], 'person');
      this.events.repoint(tx, tenantId, [{ from: id, to: into }]);
      await this.refolder.refold(tx, tenantId, [into], { cause: 'merge' });
      await Audit.record(tx, principal, 'deal.merged', 'deal', id, { into });
      return this.deals.load(tx, tenantId, into);
    });
    this.bus.ring(OUTBOX_CHANNEL, tenantId);
    // The survivor is folded and told of by that; the other one is not.
    this.bus.ring(DEALS_CHANNEL, dealsRing(tenantId, [{ id, formerOwner: null }]));
    return survivor;
  }

  private async close(
    tx: Transaction,
    tenantId: string,
    { row, present }: DealView,
    into: string,
  ): Promise<void> {
    const { id } = row;
    const breaches = await tx.query<PublishedRun>(
      `SELECT timer, opened_event_id, due_at FROM sla_run
       WHERE tenant_id = $1 AND deal_id = $2 AND breach_published`,
      [tenantId, id],
    );
    await this.archive(tx, tenantId, row);
    removeDeals(tx, tenantId, [id]);
    this.feed.changedRows(
      tx,
      tenantId,
      `SELECT 'deal' AS entity, $2::text AS id, 0::smallint AS urgency, 'archived' AS fields
       UNION ALL SELECT 'sla_run', ${RUN_RECORD_ID}, 0::smallint, '*' FROM sla_run
       WHERE tenant_id = $1 AND deal_id = $2::uuid
       UNION ALL SELECT 'task', id::text, 0::smallint, 'deal' FROM task WHERE tenant_id = $1 AND deal_id = $2::uuid`,
      [id],
    );
    for (const table of ['stage_change', 'gate_change', 'sla_run', 'deal_search'])
      await tx.execute(`DELETE FROM ${table} WHERE tenant_id = $1 AND deal_id = $2`, [
        tenantId,
        id,
      ]);
    for (const table of ['task', 'notification'])
      await tx.execute(`UPDATE ${table} SET deal_id = $3 WHERE tenant_id = $1 AND deal_id = $2`, [
        tenantId,
        id,
        into,
      ]);
    await tx.execute(
      `UPDATE stage_counter SET deals = deals - 1, amount = amount - $5
       WHERE tenant_id = $1 AND pipeline_id = $2 AND stage = $3 AND currency = $4 AND $6 AND business_stage = $7`,
      [
        tenantId,
        row.pipeline_id,
        row.stage,
        row.currency ?? '',
        row.amount ?? 0,
        row.archived_at === null,
        row.business_stage ?? '',
      ],
    );
    await tx.execute(
      `UPDATE deal SET merged_into = $3, archived_at = coalesce(archived_at, now()), sla_due_at = NULL,
         state = jsonb_set(state, '{openRuns}', '[]'), version = version + 1, updated_at = now()
       WHERE tenant_id = $1 AND id = $2`,
      [tenantId, id, into],
    );
    await tx.execute('UPDATE deal SET merged_into = $3 WHERE tenant_id = $1 AND merged_into = $2', [
      tenantId,
      id,
      into,
    ]);
    const common = {
      dealId: id,
      dealVersion: row.version + 1,
      occurredAt: present,
      causationId: null,
      correlationId: null,
    };
    writeOutbox(tx, tenantId, [
      ...breaches.map((run) => ({
        ...common,
        type: 'masterdeal.sla.retracted' as const,
        data: {
          timer: run.timer,
          opened_by: run.opened_event_id,
          due_at: formatInstant(run.due_at),
        },
      })),
      { ...common, type: 'masterdeal.merged' as const, data: { into } },
    ]);
  }

  /** Keeps the history and runs as they were, in one statement. */
  private async archive(tx: Transaction, tenantId: string, row: DealView['row']): Promise<void> {
    const records = (table: string, order: string): string =>
      `coalesce((SELECT jsonb_agg(to_jsonb(r) - 'tenant_id' - 'deal_id' ORDER BY ${order}) FROM ${table} r
        WHERE r.tenant_id = $2 AND r.deal_id = $3), '[]')`;
    await tx.execute(
      `INSERT INTO deal_archive (id, tenant_id, deal_id, pipeline_id, pipeline_version, reason, history)
       SELECT $1, $2, $3, $4, $5, 'merge', jsonb_build_object('stage', $6::text,
         'transitions', ${records('stage_change', 'r.seq')}, 'gateChanges', ${records('gate_change', 'r.seq')},
         'runs', ${records('sla_run', 'r.opened_at, r.timer')})`,
      [uuidv7(), tenantId, row.id, row.pipeline_id, row.pipeline_version, row.stage],
    );
  }
}
