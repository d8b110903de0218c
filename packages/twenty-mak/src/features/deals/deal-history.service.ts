import { Inject, Injectable } from '@nestjs/common';
import { runStatus } from 'twenty-mak-domain';
import type { CompiledPipeline, Instant, JsonObject, RunStatus } from 'twenty-mak-domain';
import { z } from 'zod';
import { scopeOf } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { pageOf, readCursor } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { noteLine, readNoteChanges } from '../events/index.ts';
import { ContactVault } from '../persons/index.ts';
import { DealHistoryRepository, TIMELINE_KINDS } from './deal-history.repository.ts';
import type {
  EventRow,
  GateChangeRow,
  RefRow,
  RunRow,
  TimelineKind,
  TimelineRow,
} from './deal-history.repository.ts';
import { DealPipelines } from './deal-pipelines.ts';
import { DealsService } from './deals.service.ts';
import type { DealView } from './deals.service.ts';

/** A gate of the deal's pipeline, with the event that decided it. */
export interface GateView {
  readonly gate: string;
  readonly title: string;
  readonly code: string | null;
  readonly status: boolean;
  /** It does not hold although a later one does. */
  readonly missing: boolean;
  readonly decidedBy: Pick<GateChangeRow, 'source' | 'event_id' | 'occurred_at'> | null;
}

export interface RunView {
  readonly row: RunRow;
  readonly title: string | null;
  /** Judged at the tenant's present. */
  readonly status: RunStatus;
}

export interface DealDetail extends DealView {
  readonly refs: readonly RefRow[];
  readonly gates: readonly GateView[];
  readonly runs: readonly RunView[];
}

/** What of a deal is wanted, by its row. */
type DealKey = Pick<
  DealView['row'],
  'id' | 'pipeline_id' | 'pipeline_version' | 'gates' | 'missing_gates'
>;

export interface PageOptions {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface TimelineOptions extends PageOptions {
  /** Left out: all. */
  readonly kinds?: readonly TimelineKind[] | null | undefined;
}

/** Gates, runs, events and the timeline of deals. */
@Injectable()
export class DealHistoryService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DealsService) private readonly deals: DealsService,
    @Inject(DealHistoryRepository) private readonly repository: DealHistoryRepository,
    @Inject(DealPipelines) private readonly pipelines: DealPipelines,
    @Inject(ContactVault) private readonly vault: ContactVault,
  ) {}

  async detail(principal: Principal, id: string): Promise<DealDetail> {
    const { tenantId } = principal;
    return this.database.within(scopeOf(principal), async (tx) => {
      const view = await this.deals.load(tx, tenantId, id);
      const gates = await this.gatesOf(tx, tenantId, [view.row]);
      const runs = await this.runsOf(tx, tenantId, [view.row], view.present);
      const refs = await this.repository.refs(tx, tenantId, [id]);
      return { ...view, refs, gates: gates.get(id) ?? [], runs: runs.get(id) ?? [] };
    });
  }

  async gates(
    principal: Principal,
    id: string,
  ): Promise<{ view: DealView; gates: readonly GateView[]; changes: readonly GateChangeRow[] }> {
    const { tenantId } = principal;
    return this.database.within(scopeOf(principal), async (tx) => {
      const view = await this.deals.load(tx, tenantId, id);
      const gates = await this.gatesOf(tx, tenantId, [view.row]);
      const changes = await this.repository.gateChanges(tx, tenantId, id);
      return { view, gates: gates.get(id) ?? [], changes };
    });
  }

  async runs(principal: Principal, id: string): Promise<readonly RunView[]> {
    const { tenantId } = principal;
    return this.database.within(scopeOf(principal), async (tx) => {
      const { row, present } = await this.deals.load(tx, tenantId, id);
      return (await this.runsOf(tx, tenantId, [row], present)).get(id) ?? [];
    });
  }

  /** Raw events in fold order; who may not read personal data sees its place only. */
  async events(principal: Principal, id: string, page: PageOptions): Promise<Page<EventRow>> {
    const keys = z.tuple([time, z.string().max(200), z.string().max(200)]);
    const after = page.cursor === undefined ? null : readCursor(keys, page.cursor);
    const position =
      after === null ? null : { at: after[0], source: plain(after[1]), eventId: plain(after[2]) };
    const { tenantId } = principal;
    return this.database.within(scopeOf(principal), async (tx) => {
      await this.deals.load(tx, tenantId, id);
      const rows = await this.repository.events(tx, tenantId, id, position, page.limit + 1);
      const found = pageOf(rows, page.limit, (row) => [row.occurred_at, row.source, row.event_id]);
      const datas = await this.readable(
        tx,
        principal,
        id,
        found.items.map(({ data }) => data),
      );
      const items = found.items.map((row, index) => ({ ...row, data: datas[index] ?? {} }));
      return { ...found, items };
    });
  }

  /** All that happened to the deal, newest first. */
  async timeline(
    principal: Principal,
    id: string,
    { kinds = null, ...page }: TimelineOptions,
  ): Promise<Page<TimelineRow>> {
    const keys = z.tuple([time, z.enum(TIMELINE_KINDS), z.string().max(1_000)]);
    const after = page.cursor === undefined ? null : readCursor(keys, page.cursor);
    const position = after === null ? null : { at: after[0], kind: after[1], key: plain(after[2]) };
    const { tenantId } = principal;
    return this.database.within(scopeOf(principal), async (tx) => {
      const { present } = await this.deals.load(tx, tenantId, id);
      const request = { after: position, kinds, limit: page.limit + 1 };
      const rows = await this.repository.timeline(tx, tenantId, id, present, request);
      const found = pageOf(rows, page.limit, ({ at, kind, key }) => [at, kind, key]);
      const datas = await this.readable(
        tx,
        principal,
        id,
        found.items.map(({ detail }) => detail.data ?? {}),
      );
      const hasNotes = found.items.some(({ kind }) => kind === 'note');
      const noteNow = await readNoteChanges(tx, tenantId, hasNotes ? [id] : []);
      const items = found.items.map((row, index) => {
        const { kind, detail } = row;
        if (detail.data === undefined) return row;
        const data = datas[index] ?? {};
        const key = { source: String(detail['source']), eventId: String(detail['event_id']) };
        const shown = kind === 'note' ? noteLine(data, noteNow(key, data)) : data;
        return { ...row, detail: { ...detail, data: shown } };
      });
      return { ...found, items };
    });
  }

  /** Data of events as the principal may see it; reading contact data is audited. */
  private readable(
    tx: Transaction,
    principal: Principal,
    id: string,
    datas: readonly unknown[],
  ): Promise<readonly JsonObject[]> {
    return this.vault.read(tx, principal, datas as readonly JsonObject[], { entity: 'deal', id });
  }

  /** Gates of several deals, in two queries. */
  async gatesOf(
    tx: Transaction,
    tenantId: string,
    deals: readonly DealKey[],
  ): Promise<Map<string, GateView[]>> {
    const compiled = await this.compiled(tx, tenantId, deals);
    const ids = deals.map(({ id }) => id);
    const deciding = new Map(
      (await this.repository.decidingChanges(tx, tenantId, ids)).map((change) => [
        `${change.deal_id}\n${change.gate}`,
        change,
      ]),
    );
    return new Map(
      deals.map((deal) => [
        deal.id,
        compiled(deal).definition.gates.map(({ key, title, code }) => ({
          gate: key,
          title,
          code: code ?? null,
          status: deal.gates[key] === true,
          missing: deal.missing_gates.includes(key),
          decidedBy: deciding.get(`${deal.id}\n${key}`) ?? null,
        })),
      ]),
    );
  }

  /** Runs of several deals, in two queries. */
  async runsOf(
    tx: Transaction,
    tenantId: string,
    deals: readonly DealKey[],
    present: Instant,
  ): Promise<Map<string, RunView[]>> {
    const compiled = await this.compiled(tx, tenantId, deals);
    const byId = new Map(deals.map((deal) => [deal.id, deal]));
    const views = new Map<string, RunView[]>();
    for (const row of await this.repository.runs(tx, tenantId, [...byId.keys()])) {
      const deal = byId.get(row.deal_id) as DealKey;
      const timer = compiled(deal).definition.timers?.find(({ key }) => key === row.timer);
      const run = { dueAt: row.due_at, closedAt: row.closed_at, closedAs: row.closed_as };
      const view = { row, title: timer?.title ?? null, status: runStatus(run, present) };
      views.set(row.deal_id, [...(views.get(row.deal_id) ?? []), view]);
    }
    return views;
  }

  private async compiled(
    tx: Transaction,
    tenantId: string,
    deals: readonly DealKey[],
  ): Promise<(deal: DealKey) => CompiledPipeline> {
    const compiled = await this.pipelines.compiled(
      tx,
      tenantId,
      deals.map(({ pipeline_id: pipelineId, pipeline_version: version }) => ({
        pipelineId,
        version,
      })),
    );
    return ({ pipeline_id: pipelineId, pipeline_version: version }) =>
      compiled(pipelineId, version);
  }
}

const time = z.int().min(-62_135_596_800_000).max(8_640_000_000_000_000);

/** A cursor is outside input: what PostgreSQL cannot compare is left out. */
function plain(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
