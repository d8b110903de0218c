import { Inject, Injectable } from '@nestjs/common';
import { checkReception, refuse } from 'twenty-mak-domain';
import type { Decision, DomainEvent, Effect, Instant } from 'twenty-mak-domain';
import { CONFIG } from '../../platform/config/config.module.ts';
import type { Config } from '../../platform/config/config.ts';
import { Batcher, Database, inTransaction } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { isOutage } from '../../platform/errors/index.ts';
import { inSpan, Metrics } from '../../platform/observability/index.ts';
import { Bus, OUTBOX_CHANNEL } from '../../platform/outbox/index.ts';
import { RecordFeed } from '../../platform/records/index.ts';
import { lockTenant } from '../../platform/tenancy/index.ts';
import { ContactVault, sealedKeysIn } from '../persons/index.ts';
import { PipelineRegistry } from '../pipelines/index.ts';
import type { TenantPipelines } from '../pipelines/index.ts';
import type { DealRow } from './deal-record.ts';
import { DealsFolder } from './deals.folder.ts';
import { DealsPlanner } from './deals.planner.ts';
import { insertPeople } from './event-people.repository.ts';
import type { EventPerson } from './event-people.repository.ts';
import { rejected } from './events.answer.ts';
import type { EventAnswer } from './events.answer.ts';
import { conflict, readItem, repeated } from './events.item.ts';
import type { Item } from './events.item.ts';
import { EventsRepository } from './events.repository.ts';
import type { EventRecord, StoredIdentity } from './events.repository.ts';
import { identityOf } from './fold-deal.ts';
import { feedNotes, feedNotesOf } from './notes.ts';
import { RejectionsService } from './rejections.service.ts';

/** Events that one commit takes at most; more only make everybody wait longer. */
const BATCH_LIMIT = 4_000;

interface Written {
  /** One an event, in order. */
  readonly answers: EventAnswer[];
  /** Something went to the outbox. */
  readonly announced: boolean;
}

/** The one writer of deals: everything that changes a deal is an event that comes through here. */
@Injectable()
export class EventIngestion {
  private readonly batcher: Batcher<Item, EventAnswer>;
  private readonly batchSizes;
  private readonly answers;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(PipelineRegistry) private readonly pipelines: PipelineRegistry,
    @Inject(EventsRepository) private readonly repository: EventsRepository,
    @Inject(DealsFolder) private readonly folder: DealsFolder,
    @Inject(DealsPlanner) private readonly planner: DealsPlanner,
    @Inject(RejectionsService) private readonly rejections: RejectionsService,
    @Inject(ContactVault) private readonly vault: ContactVault,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(RecordFeed) private readonly feed: RecordFeed,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.batchSizes = metrics.histogram(
      'mak_events_batch_size',
      'Events of one commit',
      [1, 10, 50, 100, 500, 1_000, 4_000],
    );
    this.answers = metrics.counter('mak_events_total', 'Events received, by answer', ['status']);
    this.batcher = new Batcher({
      write: (tenantId, items, sent) => this.write(tenantId, items, sent),
      limit: BATCH_LIMIT,
      isOutage,
    });
  }

  /**
   * Takes in events of one tenant: when this resolves they are committed with all that follows from them. One answer
   * an event, in order. Rejects only when nothing was committed.
   */
  async ingest(tenantId: string, raws: readonly unknown[]): Promise<EventAnswer[]> {
    if (raws.length === 0) return [];
    // Read while earlier batches are being written: only what needs the database waits for its turn.
    const items = raws.map((raw) => readItem(raw, this.config.MAK_SECRET_KEY));
    // Inside of a transaction the events belong to it; a batch of many requests must not.
    if (inTransaction()) return this.write(tenantId, items, () => undefined);
    return this.batcher.submit(tenantId, items);
  }

  private async write(
    tenantId: string,
    items: readonly Item[],
    sent: () => void,
  ): Promise<EventAnswer[]> {
    const { answers, announced } = await inSpan(
      'events.batch',
      { 'mak.events': items.length },
      () =>
        this.database.within({ tenantId }, async (tx) => {
          const written = await this.writeItems(
            tx,
            tenantId,
            items.map((item) => ({ ...item })),
            lockTenant(tx, tenantId),
          );
          sent();
          return written;
        }),
    );
    if (announced) this.bus.ring(OUTBOX_CHANNEL, tenantId);
    this.batchSizes.observe(items.length);
    const byStatus = Object.groupBy(answers, ({ status }) => status);
    for (const [status, some] of Object.entries(byStatus))
      this.answers.inc({ status }, some.length);
    return answers;
  }

  /**
   * The same within a transaction that holds the tenant's turn (`lockTenant`), for an edit that has to look before it
   * writes. After the commit the caller rings `OUTBOX_CHANNEL` if something was announced.
   */
  async writeLocked(tx: Transaction, tenantId: string, raws: readonly unknown[]): Promise<Written> {
    return this.writeItems(
      tx,
      tenantId,
      raws.map((raw) => readItem(raw, this.config.MAK_SECRET_KEY)),
    );
  }

  /**
   * Statements that do not need each other's answers travel together: a batch is two journeys to PostgreSQL, one that
   * reads and one that writes and commits, whatever its size. Breaches and late events need a few more.
   */
  private async writeItems(
    tx: Transaction,
    tenantId: string,
    items: readonly Item[],
    turn: Promise<void> = Promise.resolve(),
  ): Promise<Written> {
    const first = recognizeRepeats(items);
    this.repository.useIndexes(tx);
    const [clock, pipelines, stored, refs] = await Promise.all([
      this.repository.clock(tx, tenantId),
      this.pipelines.load(tx, tenantId),
      this.repository.identities(tx, tenantId, [...first.values()].map(eventOf)),
      this.repository.refs(tx, tenantId, [...first.values()].map(eventOf)),
      turn,
    ]);
    for (const known of stored) answerRepeat(first, known);
    for (const item of items) {
      if (item.event === undefined || item.answer !== undefined) continue;
      const checked = check(item.event, clock.receivedAt, pipelines);
      if (!checked.ok) item.answer = rejected(item.event.eventId, checked.refusal);
    }
    const plan = await this.planner.assign(tx, tenantId, items, refs, pipelines);

    const fresh = items.filter((item) => item.answer === undefined && item.same === undefined);
    const tasks = await this.planner.tasks(tx, tenantId, fresh, plan, pipelines);
    await this.seal(tx, tenantId, fresh);
    // Notes that came before their deal belong to one now.
    const joined = tasks.filter(({ again }) => again).map(({ dealId }) => dealId);
    await feedNotesOf(this.feed, tx, tenantId, joined, 'system');
    // First, because it reads what was stored before.
    const folding = this.folder.foldAndSave(tx, tenantId, tasks, clock, plan.published);
    this.repository.insertEvents(tx, tenantId, clock.receivedAt, fresh.map(recordOf));
    feedNotes(this.feed, tx, tenantId, fresh.map(eventOf));
    this.repository.insertRefs(tx, tenantId, plan.assignment.refsToStore());
    const { effects, announced } = await folding;
    this.answer(fresh, new Set(tasks.map(({ dealId }) => dealId)), plan.rows, effects);
    for (const item of items) item.answer ??= repeated(item);
    this.rejections.keep(tx, tenantId, items);
    return { answers: items.map(({ answer }) => answer as EventAnswer), announced };
  }

  /** Contact data is stored under a key of its person. The fold never reads it. */
  private async seal(tx: Transaction, tenantId: string, items: readonly Item[]): Promise<void> {
    const datas = items.map(({ event }) => (event as DomainEvent).data);
    const sealed = await this.vault.seal(tx, tenantId, datas);
    const people: EventPerson[] = [];
    for (const [index, item] of items.entries()) {
      const data = sealed[index];
      if (data === undefined || data === datas[index]) continue;
      item.data = JSON.stringify(data);
      const { source, eventId } = item.event as DomainEvent;
      people.push(...sealedKeysIn(data).map((keyId) => ({ keyId, source, eventId })));
    }
    insertPeople(tx, tenantId, people);
  }

  private answer(
    stored: readonly Item[],
    folded: ReadonlySet<string>,
    rows: ReadonlyMap<string, DealRow>,
    effects: ReadonlyMap<string, Effect>,
  ): void {
    for (const item of stored) {
      const event = item.event as DomainEvent;
      const dealId = item.dealId as string;
      const exists = folded.has(dealId) || rows.has(dealId);
      const status = exists ? (effects.get(identityOf(event)) ?? 'stored') : 'orphan';
      item.answer = {
        event_id: event.eventId,
        status,
        ...(exists ? { master_deal_id: dealId } : {}),
      };
    }
  }
}

/** The first item of each event. A later one with the same content is a repeat, with other content a conflict. */
function recognizeRepeats(items: readonly Item[]): Map<string, Item> {
  const first = new Map<string, Item>();
  for (const item of items) {
    if (item.event === undefined) continue;
    const identity = identityOf(item.event);
    const earlier = first.get(identity);
    if (earlier === undefined) first.set(identity, item);
    else if (earlier.hash === item.hash) item.same = earlier;
    else item.answer = conflict(item.event);
  }
  return first;
}

/** The event is stored already: a repeat changes nothing, the same id with other content is a conflict. */
function answerRepeat(first: ReadonlyMap<string, Item>, known: StoredIdentity): void {
  const item = first.get(identityOf({ source: known.source, eventId: known.event_id })) as Item;
  item.answer =
    known.content_hash === item.hash
      ? {
          event_id: known.event_id,
          status: 'duplicate',
          ...(known.deal_id === null ? {} : { master_deal_id: known.deal_id }),
        }
      : conflict(eventOf(item));
}

function eventOf({ event }: Item): DomainEvent {
  return event as DomainEvent;
}

/** What only the database knows: the time, and which pipelines there are. */
function check(
  event: DomainEvent,
  receivedAt: Instant,
  pipelines: TenantPipelines,
): Decision<DomainEvent> {
  const { pipeline } = event.data;
  if (pipeline === undefined || (typeof pipeline === 'string' && pipelines.byKey.has(pipeline))) {
    return checkReception(event, receivedAt);
  }
  return refuse(
    'unknown_pipeline',
    'There is no published pipeline with the key in `data.pipeline`.',
    'data.pipeline',
  );
}

function recordOf({ event, dealId, data, hash }: Item): EventRecord {
  return {
    event: event as DomainEvent,
    dealId: dealId as string,
    data: data as string,
    hash: hash as string,
  };
}
