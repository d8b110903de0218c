import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Counter } from 'prom-client';
import { Database } from '../database/index.ts';
import { JobBell } from '../jobs/job-bell.ts';
import { HandlesJob } from '../jobs/job.ts';
import type { JobHandler } from '../jobs/job.ts';
import { Metrics } from '../observability/metrics.ts';
import { ConsumesOutbox } from './outbox-consumer.ts';
import type { OutboxConsumer } from './outbox-consumer.ts';
import { holdCursor, moveCursor } from './outbox-cursors.ts';
import { outboxEnd, readOutbox } from './outbox-reader.ts';
import { outboxRelay } from './outbox.jobs.ts';

interface Place {
  readonly tenantId: string;
}

/** Events that one transaction hands to a consumer. */
const BATCH = 500;
/** When events that an older transaction holds back are looked after again, in milliseconds: at first, and at the latest. */
const HELD_FIRST = 25;
const HELD_LAST = 3_200;

/** Tenants, of `tenants t`, with an event before `until` that some consumer ($1: all names) has not had. */
const behind = (tenants: string, until: string): string =>
  `SELECT t.id AS "tenantId"
   FROM ${tenants}
   CROSS JOIN LATERAL (
     SELECT c.tx, c.position
     FROM unnest($1::text[]) AS known (consumer)
     CROSS JOIN LATERAL (
       SELECT coalesce(max(tx), 0) AS tx, coalesce(max(position), 0) AS position
       FROM outbox_cursor WHERE tenant_id = t.id AND consumer = known.consumer
     ) AS c
     ORDER BY c.tx, c.position LIMIT 1
   ) AS least
   CROSS JOIN LATERAL (
     SELECT FROM outbox o
     WHERE o.tenant_id = t.id AND (o.tx, o.position) > (least.tx, least.position) AND ${until}
     ORDER BY o.tx, o.position LIMIT 1
   ) AS waiting`;

const READY = behind('tenant t', `o.tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint`);
const HELD = behind('(SELECT $2::uuid AS id) t', 'true');

/** Hands every event of the outbox to every consumer, tenant by tenant and in order. */
@Injectable()
@HandlesJob(outboxRelay)
export class OutboxRelay implements JobHandler<Place>, OnModuleInit {
  private readonly consumers = new Map<string, OutboxConsumer>();
  private readonly relayed: Counter<'consumer'>;
  /** Tenants whose events are held back: how long the next try waits in milliseconds, and whether it is to come. */
  private readonly held = new Map<string, { delay: number; isComing: boolean }>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(JobBell) private readonly bell: JobBell,
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.relayed = metrics.counter(
      'mak_outbox_relayed_total',
      'Events handed to a consumer of the outbox.',
      ['consumer'],
    );
  }

  onModuleInit(): void {
    for (const wrapper of this.discovery.getProviders({ metadataKey: ConsumesOutbox.KEY })) {
      const { consumer = '' } =
        this.discovery.getMetadataByDecorator(ConsumesOutbox, wrapper) ?? {};
      if (this.consumers.has(consumer))
        throw new Error(`Two consumers of the outbox are named ${consumer}.`);
      this.consumers.set(consumer, wrapper.instance as OutboxConsumer);
    }
  }

  get names(): readonly string[] {
    return [...this.consumers.keys()];
  }

  /** Tenants with events that some consumer has not had: one look at the index for each cursor. */
  async find(): Promise<readonly Place[]> {
    return this.database.scan<Place>(READY, [this.names]);
  }

  async handle({ tenantId }: Place, signal: AbortSignal): Promise<void> {
    const outcomes = await Promise.allSettled(
      [...this.consumers].map(([name, consumer]) => this.relay(tenantId, name, consumer, signal)),
    );
    // One consumer that fails keeps its place and holds no other back.
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    await this.returnIfHeld(tenantId);
  }

  /** Nothing rings when the transaction ends that holds events back, and the next look may be far. */
  private async returnIfHeld(tenantId: string): Promise<void> {
    const [held] = await this.database.scan<Place>(HELD, [this.names, tenantId]);
    if (held === undefined) {
      this.held.delete(tenantId);
      return;
    }
    const before = this.held.get(tenantId);
    if (before?.isComing === true) return;
    const delay = before === undefined ? HELD_FIRST : Math.min(before.delay * 2, HELD_LAST);
    const now = { delay, isComing: true };
    this.held.set(tenantId, now);
    setTimeout(() => {
      now.isComing = false;
      this.bell.ring(outboxRelay, { tenantId });
    }, delay).unref();
  }

  private async relay(
    tenantId: string,
    name: string,
    consumer: OutboxConsumer,
    signal: AbortSignal,
  ): Promise<void> {
    let more = true;
    while (more && !signal.aborted) more = await this.step(tenantId, name, consumer);
  }

  /** One batch in one transaction. True if more waits. */
  private async step(tenantId: string, name: string, consumer: OutboxConsumer): Promise<boolean> {
    const step = await this.database.within({ tenantId }, async (transaction) => {
      const cursor = await holdCursor(transaction, tenantId, name);
      if (cursor === null) return null;
      // The end comes first: who begins to listen after this look gets only what commits after it.
      const end = await outboxEnd(transaction);
      if (!(await consumer.wants(transaction, tenantId))) {
        if (end.tx > cursor.tx) await moveCursor(transaction, tenantId, name, end);
        return null;
      }
      const { rows, next, more } = await readOutbox(transaction, tenantId, cursor, BATCH);
      const committed =
        rows.length === 0 ? undefined : await consumer.consume(transaction, tenantId, rows);
      await moveCursor(transaction, tenantId, name, next);
      this.relayed.inc({ consumer: name }, rows.length);
      return { more, committed };
    });
    step?.committed?.();
    return step?.more ?? false;
  }
}
