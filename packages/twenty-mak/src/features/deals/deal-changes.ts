import { Inject, Injectable } from '@nestjs/common';
import { formatInstant } from 'twenty-mak-domain';
import type { Instant } from 'twenty-mak-domain';
import { v7 as uuidv7 } from 'uuid';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { notFound, RefusalError, staleVersion } from '../../platform/errors/index.ts';
import { Bus, OUTBOX_CHANNEL } from '../../platform/outbox/index.ts';
import { lockTenant } from '../../platform/tenancy/index.ts';
import { Audit } from '../audit/index.ts';
import type { AuditAction } from '../audit/index.ts';
import { EventIngestion } from '../events/index.ts';
import type { EventAnswer } from '../events/index.ts';
import { dealAnswer } from './deals.dto.ts';
import { DealsService } from './deals.service.ts';
import type { DealView } from './deals.service.ts';

/** An event of our own, before it has an id and a time. */
export interface OwnEvent {
  readonly type: string;
  /** Left out: a new one. */
  readonly eventId?: string;
  /** JSON; members that are undefined are left out. */
  readonly data: object;
  /** Left out: now. */
  readonly occurredAt?: Instant | undefined;
  /** It happened later than this, also where the clock says otherwise. */
  readonly after?: Instant | undefined;
}

/** A deal before a change, and whether an ending event closed it. */
export type ChangeableDeal = DealView & { readonly ended: boolean };

export interface ExpectedVersion {
  readonly version?: number;
  /** What was sent, for the answer to an editor who comes too late. */
  readonly sent?: object;
}

/** The one way of our own changes: look at the deal in the tenant's turn, decide, send an event, leave an audit entry. */
@Injectable()
export class DealChanges {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(EventIngestion) private readonly ingestion: EventIngestion,
    @Inject(DealsService) private readonly deals: DealsService,
    @Inject(Bus) private readonly bus: Bus,
  ) {}

  /** One change of one visible deal, with the version checked in the tenant's turn. `decide` may find nothing to do. */
  async change(
    principal: Principal,
    id: string,
    action: AuditAction,
    expected: ExpectedVersion,
    decide: (deal: ChangeableDeal, tx: Transaction) => OwnEvent | null | Promise<OwnEvent | null>,
  ): Promise<DealView> {
    return this.write(principal, async (tx) => {
      const view = await this.loadForChange(tx, principal, id);
      const { row } = view;
      const { version, sent } = expected;
      if (version !== undefined && version !== row.version)
        throw staleVersion(dealAnswer(row, view.pipeline, view.present), { version, ...sent });
      const ended = await this.hasEnded(tx, principal.tenantId, id);
      const event = await decide({ ...view, ended }, tx);
      if (event === null) return { id, action: null };
      const answer = await this.send(tx, principal, event, { master_deal_id: id });
      if (answer.status === 'rejected' || answer.status === 'conflict') throw refusedBy(answer);
      return { id, action };
    });
  }

  /** Runs `work` in the tenant's turn, with an entry in the audit log, and gives the deal as it is then. */
  async write(
    principal: Principal,
    work: (tx: Transaction) => Promise<{ id: string; action: AuditAction | null }>,
  ): Promise<DealView> {
    const { tenantId } = principal;
    // The fold has to see every event and every counter; `loadForChange` guards whose deal it is.
    const view = await this.database.within({ tenantId }, async (tx) => {
      await lockTenant(tx, tenantId);
      const { id, action } = await work(tx);
      if (action !== null) await Audit.record(tx, principal, action, 'deal', id);
      return this.deals.load(tx, tenantId, id);
    });
    this.bus.ring(OUTBOX_CHANNEL, tenantId);
    return view;
  }

  /** The deal if the principal may see it and it can be changed. */
  private async loadForChange(
    tx: Transaction,
    principal: Principal,
    id: string,
  ): Promise<DealView> {
    const view = await this.deals.load(tx, principal.tenantId, id);
    const { restrictedTo } = principal;
    if (restrictedTo !== undefined && view.row.owner_id !== restrictedTo) throw notFound('deal');
    refuseMerged(view);
    return view;
  }

  private async hasEnded(tx: Transaction, tenantId: string, id: string): Promise<boolean> {
    const [row] = await tx.query<{ ended: boolean }>(
      "SELECT (state ->> 'ended')::boolean AS ended FROM deal WHERE tenant_id = $1 AND id = $2",
      [tenantId, id],
    );
    return row?.ended === true;
  }

  /** Sends an event of ours in the caller's transaction, at the present of the database unless it says when. */
  async send(
    tx: Transaction,
    principal: Principal,
    { type, eventId, data, occurredAt, after = 0 }: OwnEvent,
    target: { master_deal_id: string } | { external_refs: readonly object[] },
  ): Promise<EventAnswer> {
    const [clock] = await tx.query<{ now: number }>(
      'SELECT clock_timestamp()::timestamptz(3) AS now',
    );
    const event = {
      event_id: eventId ?? uuidv7(),
      type,
      source: 'mak',
      occurred_at: formatInstant(occurredAt ?? Math.max(clock?.now ?? 0, after + 1)),
      data: defined({ ...data, by: `${principal.kind}:${principal.id}` }),
      ...target,
    };
    const { answers } = await this.ingestion.writeLocked(tx, principal.tenantId, [event]);
    return answers[0] as EventAnswer;
  }
}

/** A merged deal is a sign that points to its survivor. */
export function refuseMerged({ row }: DealView): void {
  if (row.merged_into === null) return;
  throw new RefusalError(
    { code: 'deal_merged', reason: 'The deal was merged into another one. Change that one.' },
    409,
    { merged_into: row.merged_into },
  );
}

/** The field is that of the event; `data.pipeline` is `pipeline` of the request. */
export function refusedBy({ code = 'rejected', reason = '', field }: EventAnswer): RefusalError {
  const named = field?.replace(/^data\./, '');
  return new RefusalError(named === undefined ? { code, reason } : { code, reason, field: named });
}

function defined(data: object): object {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}
