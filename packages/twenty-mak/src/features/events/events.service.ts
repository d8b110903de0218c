import { Inject, Injectable, Logger } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { checkReception, creates, readEvent, refuse } from 'twenty-mak-domain';
import type {
  Decision,
  DomainEvent,
  Effect,
  ExternalRef,
  Instant,
  JsonObject,
} from 'twenty-mak-domain';
import { CONFIG } from '../../platform/config/config.module.ts';
import type { Config } from '../../platform/config/config.ts';
import { Database, inTransaction } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { isOutage } from '../../platform/errors/index.ts';
import { Metrics } from '../../platform/observability/index.ts';
import { Bus, OUTBOX_CHANNEL } from '../../platform/outbox/index.ts';
import { lockTenant } from '../../platform/tenancy/index.ts';
import { ContactVault } from '../persons/index.ts';
import { PipelineRegistry } from '../pipelines/index.ts';
import type { CurrentPipeline, TenantPipelines } from '../pipelines/index.ts';
import { Assignment, refKey } from './assignment.ts';
import { Batcher } from './batcher.ts';
import type { DealRow } from './deal-record.ts';
import { DealsFolder } from './deals.folder.ts';
import { readData, contentHash } from './events.content.ts';
import { EventsRepository } from './events.repository.ts';
import type { EventRecord } from './events.repository.ts';
import { rejected } from './events.answer.ts';
import type { EventAnswer } from './events.answer.ts';
import { identityOf } from './fold-deal.ts';
import type { DealTask } from './fold-deal.ts';

/** Events that one commit takes at most; more only make everybody wait longer. */
const BATCH_LIMIT = 4_000;

/** An event of a batch on its way through the steps; the first answer it gets is final. */
interface Item {
  readonly raw: unknown;
  event?: DomainEvent;
  /** `data` as canonical JSON. */
  data?: string;
  hash?: string;
  dealId?: string;
  /** An earlier item of the batch is the same event. */
  same?: Item;
  answer?: EventAnswer;
}

interface Written {
  /** One an event, in order. */
  readonly answers: EventAnswer[];
  /** Something went to the outbox. */
  readonly announced: boolean;
}

/** The one writer of deals: everything that changes a deal is an event that comes through here. */
@Injectable()
export class EventIngestion {
  private readonly logger = new Logger(EventIngestion.name);
  private readonly batcher: Batcher<Item, EventAnswer>;
  private readonly batchSizes;
  private readonly answers;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(PipelineRegistry) private readonly pipelines: PipelineRegistry,
    @Inject(EventsRepository) private readonly repository: EventsRepository,
    @Inject(DealsFolder) private readonly folder: DealsFolder,
    @Inject(ContactVault) private readonly vault: ContactVault,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.batchSizes = metrics.histogram(
      'mak_events_batch_size',
      'Events of one commit',
      [1, 10, 50, 100, 500, 1_000, 4_000],
    );
    this.answers = metrics.counter('mak_events_total', 'Events received, by answer', ['status']);
    this.batcher = new Batcher({
      write: (tenantId, items) => this.write(tenantId, items),
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
    const items = raws.map((raw) => this.read(raw));
    // Inside of a transaction the events belong to it; a batch of many requests must not.
    if (inTransaction()) return this.write(tenantId, items);
    return this.batcher.submit(tenantId, items);
  }

  private async write(tenantId: string, items: readonly Item[]): Promise<EventAnswer[]> {
    const { answers, announced } = await this.database.within({ tenantId }, async (tx) => {
      await lockTenant(tx, tenantId);
      return this.writeItems(
        tx,
        tenantId,
        items.map((item) => ({ ...item })),
      );
    });
    if (announced) this.bus.ring(OUTBOX_CHANNEL, tenantId);
    this.batchSizes.observe(items.length);
    for (const { status } of answers) this.answers.inc({ status });
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
      raws.map((raw) => this.read(raw)),
    );
  }

  private async writeItems(
    tx: Transaction,
    tenantId: string,
    items: readonly Item[],
  ): Promise<Written> {
    const clock = await this.repository.clock(tx, tenantId);
    const pipelines = await this.pipelines.load(tx, tenantId);
    for (const item of items) {
      const checked =
        item.event === undefined ? null : check(item.event, clock.receivedAt, pipelines);
      if (checked?.ok === false) item.answer = rejected(idOf(item.raw), checked.refusal);
    }
    await this.recognizeRepeats(tx, tenantId, items);
    const { assignment, rows } = await this.assign(tx, tenantId, items, pipelines);

    const stored = items.filter((item) => item.answer === undefined && item.same === undefined);
    const tasks = await this.tasks(tx, tenantId, stored, assignment, rows, pipelines);
    const { effects, announced } = await this.folder.foldAndSave(tx, tenantId, tasks, clock);

    await this.seal(tx, tenantId, stored);
    await this.repository.insertEvents(tx, tenantId, clock.receivedAt, stored.map(recordOf));
    await this.repository.insertRefs(
      tx,
      tenantId,
      [...assignment.newRefs.values()].map((ref) => ({
        ...ref,
        dealId: assignment.survivor(ref.dealId),
      })),
    );
    this.answer(stored, new Set(tasks.map(({ dealId }) => dealId)), rows, effects);
    for (const item of items) item.answer ??= repeated(item);
    await this.keepRejections(tx, tenantId, items);
    return { answers: items.map(({ answer }) => answer as EventAnswer), announced };
  }

  /** Contact data is stored under a key of its person. The fold never reads it. */
  private async seal(tx: Transaction, tenantId: string, items: readonly Item[]): Promise<void> {
    const datas = items.map(({ event }) => (event as DomainEvent).data);
    const sealed = await this.vault.seal(tx, tenantId, datas);
    for (const [index, item] of items.entries()) {
      if (sealed[index] !== datas[index]) item.data = JSON.stringify(sealed[index]);
    }
  }

  /** All of an event that can be told without the database. */
  private read(raw: unknown): Item {
    const event = readEvent(raw);
    if (!event.ok) return { raw, answer: rejected(idOf(raw), event.refusal) };
    const data = readData(event.value);
    if (!data.ok) return { raw, answer: rejected(event.value.eventId, data.refusal) };
    return {
      raw,
      event: event.value,
      data: data.value,
      hash: contentHash(event.value, data.value, this.config.MAK_SECRET_KEY),
    };
  }

  /** A repeat changes nothing; the same id with other content is a conflict. */
  private async recognizeRepeats(
    tx: Transaction,
    tenantId: string,
    items: readonly Item[],
  ): Promise<void> {
    const first = new Map<string, Item>();
    for (const item of items) {
      if (item.event === undefined || item.answer !== undefined) continue;
      const identity = identityOf(item.event);
      const earlier = first.get(identity);
      if (earlier === undefined) first.set(identity, item);
      else if (earlier.hash === item.hash) item.same = earlier;
      else item.answer = conflict(item.event);
    }
    const events = [...first.values()].map(({ event }) => event as DomainEvent);
    if (events.length === 0) return;
    for (const known of await this.repository.identities(tx, tenantId, events)) {
      const item = first.get(identityOf({ source: known.source, eventId: known.event_id })) as Item;
      item.answer =
        known.content_hash === item.hash
          ? { event_id: known.event_id, status: 'duplicate', master_deal_id: known.deal_id }
          : conflict(item.event as DomainEvent);
    }
  }

  private async assign(
    tx: Transaction,
    tenantId: string,
    items: readonly Item[],
    pipelines: TenantPipelines,
  ): Promise<{ assignment: Assignment; rows: Map<string, DealRow> }> {
    const fresh = items.filter((item) => item.answer === undefined && item.same === undefined);
    const refs = new Map<string, ExternalRef>();
    for (const { event } of fresh)
      for (const ref of event?.externalRefs ?? []) refs.set(refKey(ref), ref);
    const known = await this.repository.refs(tx, tenantId, [...refs.values()]);
    const ids = new Set(known.map(({ deal_id: id }) => id));
    for (const { event } of fresh) if (event?.masterDealId != null) ids.add(event.masterDealId);
    const rows = new Map(
      (await this.repository.deals(tx, tenantId, [...ids])).map((row) => [row.id, row]),
    );
    const merged = new Map(
      [...rows.values()].flatMap(({ id, merged_into: into }) =>
        into === null ? [] : [[id, into] as const],
      ),
    );
    const survivors = [...merged.values()].filter((id) => !rows.has(id));
    for (const row of await this.repository.deals(tx, tenantId, survivors)) rows.set(row.id, row);

    const assignment = new Assignment(known, new Set(rows.keys()), merged, uuidv7);
    for (const item of fresh) {
      const event = item.event as DomainEvent;
      const deal = assignment.assign(event);
      if (!deal.ok) {
        item.answer = rejected(event.eventId, deal.refusal);
        continue;
      }
      item.dealId = deal.value;
      if (creatingPipeline(event, pipelines) !== null) assignment.created(deal.value);
    }
    return { assignment, rows };
  }

  /** The deals that change: those that exist and those that one of the events creates. */
  private async tasks(
    tx: Transaction,
    tenantId: string,
    stored: readonly Item[],
    assignment: Assignment,
    rows: ReadonlyMap<string, DealRow>,
    pipelines: TenantPipelines,
  ): Promise<DealTask[]> {
    const joined = new Set<string>();
    for (const { from, to } of assignment.unions) {
      await this.repository.repoint(tx, tenantId, from, to);
      joined.add(assignment.survivor(to));
    }
    const byDeal = new Map<string, DomainEvent[]>();
    for (const item of stored) {
      item.dealId = assignment.survivor(item.dealId as string);
      const events = byDeal.get(item.dealId);
      if (events === undefined) byDeal.set(item.dealId, [item.event as DomainEvent]);
      else events.push(item.event as DomainEvent);
    }
    const compiled = await this.pipelines.compiledMany(
      tx,
      tenantId,
      [...byDeal.keys()].flatMap((id) => {
        const row = rows.get(id);
        return row === undefined
          ? []
          : [{ pipelineId: row.pipeline_id, version: row.pipeline_version }];
      }),
    );
    const tasks: DealTask[] = [];
    for (const [dealId, fresh] of byDeal) {
      const row = rows.get(dealId) ?? null;
      if (row !== null) {
        const { pipeline_id: pipelineId, pipeline_version: pipelineVersion } = row;
        tasks.push({
          dealId,
          row,
          pipelineId,
          pipelineVersion,
          pipeline: compiled(pipelineId, pipelineVersion),
          fresh,
          again: joined.has(dealId),
          cause: 'in_order',
        });
        continue;
      }
      const creating = fresh
        .map((event) => creatingPipeline(event, pipelines))
        .find((pipeline) => pipeline !== null);
      if (creating === undefined || creating === null) continue;
      tasks.push({
        dealId,
        row: null,
        pipelineId: creating.id,
        pipelineVersion: creating.version,
        pipeline: creating.compiled,
        fresh,
        again: !assignment.isNew(dealId),
        cause: 'in_order',
      });
    }
    return tasks;
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

  private masked(raw: unknown): unknown {
    if (typeof raw !== 'object' || raw === null) return raw;
    const { data } = raw as { data?: unknown };
    if (typeof data !== 'object' || data === null || Array.isArray(data)) return raw;
    return { ...raw, data: this.vault.mask(data as JsonObject) };
  }

  private async keepRejections(
    tx: Transaction,
    tenantId: string,
    items: readonly Item[],
  ): Promise<void> {
    const lost = items.filter(
      ({ answer }) => answer?.status === 'rejected' || answer?.status === 'conflict',
    );
    if (lost.length > 0) this.logger.debug({ tenantId, rejected: lost.length }, 'events rejected');
    await this.repository.insertRejections(
      tx,
      tenantId,
      lost.map(({ raw, answer }) => ({
        id: uuidv7(),
        eventId: answer?.event_id ?? null,
        source: textOf(raw, 'source'),
        code: answer?.code ?? '',
        reason: answer?.reason ?? '',
        field: answer?.field ?? null,
        payload: storable(this.masked(raw)),
      })),
    );
  }
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

/** The pipeline in which the event makes a deal: the one it names, else its source's, else the tenant's. Null if it makes none. */
function creatingPipeline(event: DomainEvent, pipelines: TenantPipelines): CurrentPipeline | null {
  const { pipeline: named } = event.data;
  const pipeline =
    (typeof named === 'string'
      ? pipelines.byKey.get(named)
      : pipelines.bySource.get(event.source)) ?? pipelines.default;
  return pipeline !== null && creates(pipeline.compiled, event) ? pipeline : null;
}

function recordOf({ event, dealId, data, hash }: Item): EventRecord {
  return {
    event: event as DomainEvent,
    dealId: dealId as string,
    data: data as string,
    hash: hash as string,
  };
}

function conflict(event: DomainEvent): EventAnswer {
  return rejected(
    event.eventId,
    {
      code: 'conflict',
      reason:
        'An event with this source and event_id but other content is stored already. Send a correction under a new event_id.',
      field: 'event_id',
    },
    'conflict',
  );
}

/** The answer to a repeat within the batch: a duplicate of what was stored, or the same refusal. */
function repeated({ same }: Item): EventAnswer {
  const answer = same?.answer as EventAnswer;
  return answer.status === 'rejected' || answer.status === 'conflict'
    ? answer
    : { ...answer, status: 'duplicate' };
}

function idOf(raw: unknown): string | null {
  return textOf(raw, 'event_id');
}

function textOf(raw: unknown, field: string): string | null {
  const value =
    typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>)[field] : null;
  return typeof value === 'string'
    ? value.slice(0, 200).replaceAll('\u0000', '').toWellFormed()
    : null;
}

/** A refused payload as JSON that PostgreSQL can keep, cut when it is large; JSON that it cannot keep becomes a text. */
function storable(raw: unknown): string {
  let text: string;
  try {
    text = JSON.stringify(raw) ?? 'null';
  } catch {
    return '{"unreadable":"nested too deeply"}';
  }
  const cannotKeep = text.length > 20_000 || /\\u0000|\\ud/i.test(text);
  return cannotKeep
    ? JSON.stringify({ text: text.slice(0, 20_000).replaceAll('\\', '/').toWellFormed() })
    : text;
}
