import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { scopeOf } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { notFound, RefusalError } from '../../platform/errors/index.ts';
import { RecordFeed } from '../../platform/records/index.ts';
import { instantKey, pageOf, readCursor, textKey } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { Audit } from '../audit/index.ts';
import { runRecordId } from './run-record-id.ts';
import { runView, summaryView } from './sla.dto.ts';
import type { ListRuns, RunView, SummaryView } from './sla.dto.ts';
import {
  acknowledgeRun,
  countRuns,
  findRun,
  listRuns,
  presentOf,
  withdrawAcknowledgement,
} from './sla.repository.ts';
import type { RunIdentity } from './sla.repository.ts';
import { SlaSweeper } from './sla.sweeper.ts';

const cursorKeys = z.tuple([instantKey, z.uuid(), textKey, textKey, textKey]);

@Injectable()
export class SlaService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SlaSweeper) private readonly sweeper: SlaSweeper,
    @Inject(RecordFeed) private readonly feed: RecordFeed,
  ) {}

  /** Runs, the nearest due time first, judged at the tenant's present. */
  async list(principal: Principal, query: ListRuns): Promise<Page<RunView>> {
    const { limit, cursor, due_before: dueBefore, deal_id: dealId, ...filter } = query;
    const after = cursor === undefined ? null : readCursor(cursorKeys, cursor);
    const rows = await this.database.within(scopeOf(principal), (transaction) =>
      listRuns(transaction, principal.tenantId, { ...filter, dueBefore, dealId }, after, limit + 1),
    );
    const page = pageOf(rows, limit, (row) => [
      row.due_at,
      row.deal_id,
      row.timer,
      row.opened_source,
      row.opened_event_id,
    ]);
    return { items: page.items.map(runView), next: page.next };
  }

  async summary(principal: Principal, pipeline: string | undefined): Promise<SummaryView> {
    return this.database.within(scopeOf(principal), async (transaction) =>
      summaryView(
        await presentOf(transaction, principal.tenantId),
        await countRuns(transaction, principal.tenantId, pipeline),
      ),
    );
  }

  /** Says that somebody has seen the breach; the first who says it stays. 409 `not_breached` for other runs. */
  async acknowledge(principal: Principal, run: RunIdentity): Promise<RunView> {
    return this.database.within(scopeOf(principal), async (transaction) => {
      const found = await findRun(transaction, principal.tenantId, run);
      if (found === undefined) throw notFound('run');
      if (found.status !== 'breached') {
        throw new RefusalError(
          {
            code: 'not_breached',
            reason: `This run is ${found.status}; only a breach can be acknowledged.`,
          },
          409,
        );
      }
      await acknowledgeRun(transaction, principal.tenantId, run, principal.id);
      this.tell(transaction, principal.tenantId, run);
      await Audit.record(transaction, principal, 'sla.acknowledged', 'deal', run.dealId, {
        timer: run.timer,
        opened_by: run.eventId,
      });
      return runView((await findRun(transaction, principal.tenantId, run)) ?? found);
    });
  }

  /** Takes back what the same person has said; nothing happens when somebody else has, or nobody. */
  async withdraw(principal: Principal, run: RunIdentity): Promise<RunView> {
    return this.database.within(scopeOf(principal), async (transaction) => {
      const { tenantId, id } = principal;
      if (await withdrawAcknowledgement(transaction, tenantId, run, id)) {
        this.tell(transaction, tenantId, run);
        await Audit.record(
          transaction,
          principal,
          'sla.acknowledgement_withdrawn',
          'deal',
          run.dealId,
          {
            timer: run.timer,
            opened_by: run.eventId,
          },
        );
      }
      const found = await findRun(transaction, tenantId, run);
      if (found === undefined) throw notFound('run');
      return runView(found);
    });
  }

  private tell(transaction: Transaction, tenantId: string, run: RunIdentity): void {
    const changed = { id: runRecordId(run), urgency: 'person', fields: [] } as const;
    this.feed.changed(transaction, tenantId, 'sla_run', [changed]);
  }

  /** Publishes every breach of the tenant up to its present now, instead of at the worker's next look. */
  async sweepTenant(tenantId: string): Promise<number> {
    return this.sweeper.sweepTenant(tenantId);
  }
}
