import { Inject, Injectable } from '@nestjs/common';
import { factsOf } from 'twenty-mak-domain';
import type { CompiledPipeline, DealState, EventKey, Instant } from 'twenty-mak-domain';
import { plainArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { adminsOf, notify } from '../../platform/notifications/index.ts';
import { RecordFeed } from '../../platform/records/index.ts';
import { withdrawNotifications } from '../notifications/index.ts';
import { PipelineRegistry } from '../pipelines/index.ts';
import { cancelTasks, openTasks } from '../tasks/index.ts';

/** A run of a deal's timer. */
export interface EscalatedRun {
  readonly dealId: string;
  readonly timer: string;
  readonly openedBy: Pick<EventKey, 'source' | 'eventId'>;
  readonly dueAt: Instant;
}

interface DealRow {
  readonly id: string;
  readonly pipeline_id: string;
  readonly pipeline_version: number;
  readonly stage: string;
  readonly gates: DealState['gates'];
  readonly domain_stages: DealState['domains'];
  readonly created_at: number;
  readonly owner_id: string | null;
  readonly responsible: Readonly<Record<string, string>>;
}

const KIND = 'sla_breach';

/** Tells people about missed targets: a task for who answers for the deal, and a notification. */
@Injectable()
export class Escalations {
  constructor(
    @Inject(PipelineRegistry) private readonly pipelines: PipelineRegistry,
    @Inject(RecordFeed) private readonly feed: RecordFeed,
  ) {}

  /**
   * Opens a task and a notification for each run, in the transaction that marks it as breached, so neither can be
   * missing or come twice. The deals must be saved already. Nothing happens for a tenant without escalation and for
   * archived deals: nobody works on those.
   */
  async escalateBreaches(
    transaction: Transaction,
    tenantId: string,
    runs: readonly EscalatedRun[],
  ): Promise<void> {
    if (runs.length === 0 || !(await escalates(transaction, tenantId))) return;
    const deals = await this.deals(transaction, tenantId, runs);
    const pipelineOf = await this.pipelines.compiledMany(
      transaction,
      tenantId,
      [...deals.values()].map((deal) => ({
        pipelineId: deal.pipeline_id,
        version: deal.pipeline_version,
      })),
    );
    const candidates = new Map<string, readonly string[]>();
    for (const deal of deals.values()) {
      candidates.set(
        deal.id,
        candidatesOf(deal, pipelineOf(deal.pipeline_id, deal.pipeline_version)),
      );
    }
    const accounts = await activeAccounts(transaction, tenantId, [...candidates.values()].flat());
    const admins = await adminsOf(transaction, tenantId);

    const breaches = runs.flatMap((run) => {
      const deal = deals.get(run.dealId);
      if (deal === undefined) return [];
      const assigneeId = candidates.get(deal.id)?.find((id) => accounts.has(id)) ?? null;
      const { definition } = pipelineOf(deal.pipeline_id, deal.pipeline_version);
      const title = definition.timers?.find(({ key }) => key === run.timer)?.title ?? run.timer;
      return [{ run, assigneeId, title, subject: subjectOf(run) }];
    });
    const opened = await openTasks(
      transaction,
      tenantId,
      breaches.map(({ run, assigneeId, title, subject }) => ({
        dealId: run.dealId,
        kind: KIND,
        subject,
        title,
        assigneeId,
        dueAt: run.dueAt,
      })),
    );
    this.tasksChanged(transaction, tenantId, [...opened.values()]);
    await notify(
      transaction,
      tenantId,
      breaches.flatMap(({ run, assigneeId, subject }) => {
        const taskId = opened.get(subject);
        if (taskId === undefined) return [];
        const data = {
          timer: run.timer,
          due_at: new Date(run.dueAt).toISOString(),
          task_id: taskId,
        };
        const addressees = assigneeId === null ? admins : [assigneeId];
        return addressees.map((accountId) => ({
          accountId,
          kind: 'sla.breached',
          dealId: run.dealId,
          data,
        }));
      }),
    );
  }

  /** Closes the tasks of breaches that were taken back and withdraws their notifications. */
  async closeEscalations(
    transaction: Transaction,
    tenantId: string,
    runs: readonly EscalatedRun[],
  ): Promise<void> {
    if (runs.length === 0) return;
    const cancelled = await cancelTasks(transaction, tenantId, KIND, runs.map(subjectOf));
    this.tasksChanged(transaction, tenantId, cancelled);
    const dealIds = [...new Set(runs.map(({ dealId }) => dealId))];
    await withdrawNotifications(transaction, tenantId, dealIds, cancelled);
  }

  private tasksChanged(transaction: Transaction, tenantId: string, ids: readonly string[]): void {
    this.feed.changed(
      transaction,
      tenantId,
      'task',
      ids.map((id) => ({ id, urgency: 'system', fields: [] })),
    );
  }

  private async deals(
    transaction: Transaction,
    tenantId: string,
    runs: readonly EscalatedRun[],
  ): Promise<ReadonlyMap<string, DealRow>> {
    const rows = await transaction.query<DealRow>(
      `SELECT id, pipeline_id, pipeline_version, stage, gates, domain_stages, created_at, owner_id, responsible
       FROM deal WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND archived_at IS NULL`,
      [tenantId, plainArray([...new Set(runs.map(({ dealId }) => dealId))])],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }
}

async function escalates(transaction: Transaction, tenantId: string): Promise<boolean> {
  const [tenant] = await transaction.query<{ escalation: boolean }>(
    'SELECT escalation FROM tenant WHERE id = $1',
    [tenantId],
    'tenant.escalation',
  );
  return tenant?.escalation === true;
}

/** Who should do something, first to last: the person of the stage's role, then the owner. */
function candidatesOf(deal: DealRow, pipeline: CompiledPipeline): readonly string[] {
  const facts = factsOf(pipeline, {
    gates: deal.gates,
    domains: deal.domain_stages,
    createdAt: deal.created_at,
  });
  const role =
    pipeline.businessStageOf(deal.stage, facts)?.responsible ??
    pipeline.definition.stages.find(({ key }) => key === deal.stage)?.responsible;
  const responsible = role == null ? undefined : deal.responsible[role];
  return [responsible, deal.owner_id ?? undefined].filter((id) => id !== undefined);
}

/** Those that are accounts of the tenant; an owner may also be a person that only a source system knows. */
async function activeAccounts(
  transaction: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await transaction.query<{ id: string }>(
    `SELECT id FROM account WHERE tenant_id = $1 AND status = 'active' AND id::text = ANY ($2::text[])`,
    [tenantId, [...new Set(ids)]],
  );
  return new Set(rows.map(({ id }) => id));
}

/** `deal/timer/source/event id`; a source may hold a slash, so it is written as in an address. */
function subjectOf({ dealId, timer, openedBy }: EscalatedRun): string {
  return [dealId, timer, encodeURIComponent(openedBy.source), openedBy.eventId].join('/');
}
