import { formatInstant } from 'twenty-mak-domain';
import { definition } from '../pipeline.ts';
import type { Report } from '../report.ts';
import type { Store } from '../store.ts';
import { groupBy } from './canonical.ts';

export interface OutboxRow {
  readonly event_id: string;
  readonly type: string;
  /** Or of the lead or lot that the type speaks of. */
  readonly deal_id: string;
  readonly deal_version: number;
  readonly data: {
    readonly from?: string | null;
    readonly to?: string | null;
    readonly due_at?: string | null;
    readonly timer?: string;
    readonly opened_by?: string;
  };
}

interface DealRow {
  readonly id: string;
  readonly stage: string;
  readonly owner_id: string | null;
  readonly sla_due_at: number | null;
  readonly version: number;
}

/** All canonical events in the order in which readers get them. */
export function readOutbox(store: Store): Promise<OutboxRow[]> {
  return store.rows<OutboxRow>(
    `SELECT event_id, type, deal_id, deal_version, data FROM outbox
     WHERE tenant_id = $1 ORDER BY tx, position`,
  );
}

/** Those of them that speak of deals. */
export function ofDeals(rows: readonly OutboxRow[]): readonly OutboxRow[] {
  return rows.filter(({ type }) => type.startsWith('masterdeal.'));
}

/** What was published of each deal is one unbroken story that ends with the deal as it is. */
export async function checkOutbox(
  store: Store,
  rows: readonly OutboxRow[],
  report: Report,
): Promise<void> {
  const deals = await store.rows<DealRow>(
    'SELECT id, stage, owner_id, sla_due_at, version FROM deal WHERE tenant_id = $1',
  );
  const published = groupBy(ofDeals(rows), ({ deal_id: id }) => id);
  for (const deal of deals) checkDeal(deal, published.get(deal.id) ?? [], report);
  const known = new Set(deals.map(({ id }) => id));
  for (const id of published.keys())
    report.expect(known.has(id), 'outbox', () => `${id} was announced and is no deal`);
  await checkBreaches(store, rows, report);
}

function checkDeal(deal: DealRow, rows: readonly OutboxRow[], report: Report): void {
  const of = (type: string): OutboxRow[] => rows.filter((row) => row.type === `masterdeal.${type}`);
  const created = of('created').length;
  report.expect(created >= 1, 'lost', () => `${deal.id} was never announced`);
  report.expect(created <= 1, 'twice', () => `${deal.id} was created ${created} times`);
  report.expect(
    rows[0]?.type === 'masterdeal.created',
    'outbox',
    () => `${deal.id} begins with ${rows[0]?.type}`,
  );
  const versions = rows.map((row) => row.deal_version);
  report.expect(
    versions.every((version, index) => version >= (versions[index - 1] ?? 0)) &&
      (versions.at(-1) ?? 0) <= deal.version,
    'outbox',
    () => `versions of ${deal.id}: ${versions.join(' ')}`,
  );
  chain(deal.id, of('stage.changed'), definition.stages[0]?.key ?? null, deal.stage, report);
  chain(deal.id, of('owner.changed'), null, deal.owner_id, report);
  const dues = of('sla.updated').map(({ data }) => data.due_at ?? null);
  const due = deal.sla_due_at === null ? null : formatInstant(deal.sla_due_at);
  report.expect(
    (dues.at(-1) ?? null) === due,
    'outbox',
    () => `${deal.id} is due ${due}, published ${dues.at(-1)}`,
  );
  report.expect(
    dues.every((one, index) => one !== (dues[index - 1] ?? null)),
    'twice',
    () => `${deal.id} published a due time twice`,
  );
}

/** Each change begins where the one before it ended; the same change twice would break the chain. */
function chain(
  dealId: string,
  rows: readonly OutboxRow[],
  first: string | null,
  last: string | null,
  report: Report,
): void {
  let at = first;
  for (const { data, type } of rows) {
    report.expect(
      (data.from ?? null) === at && data.to !== data.from,
      'twice',
      () => `${type} of ${dealId}: from ${data.from} to ${data.to}, but it was ${at}`,
    );
    at = data.to ?? null;
  }
  report.expect(at === last, 'outbox', () => `${dealId}: ${at} was published last, it is ${last}`);
}

/** Of each run: a breach, perhaps its retraction, perhaps a breach again; and a task for each breach. */
async function checkBreaches(
  store: Store,
  rows: readonly OutboxRow[],
  report: Report,
): Promise<void> {
  const runs = await store.rows<{ key: string; breach_published: boolean }>(
    `SELECT concat_ws('/', deal_id, timer, opened_event_id) AS key, breach_published FROM sla_run WHERE tenant_id = $1`,
  );
  const tasks = await store.rows<{ key: string; all: number; open: number; told: number }>(
    `SELECT concat_ws('/', deal_id, split_part(subject, '/', 2), split_part(subject, '/', 4)) AS key,
       count(*) AS all, count(*) FILTER (WHERE status = 'open') AS open,
       sum((SELECT count(*) FROM notification n WHERE n.data ->> 'task_id' = t.id::text AND n.tenant_id = $1)) AS told
     FROM task t WHERE tenant_id = $1 AND kind = 'sla_breach' GROUP BY 1`,
  );
  const taskOf = new Map(tasks.map((row) => [row.key, row]));
  const isPublished = new Map(runs.map((run) => [run.key, run.breach_published]));
  const told = groupBy(
    rows.filter(({ type }) => /sla\.(breached|retracted)$/.test(type)),
    ({ deal_id: id, data }) => `${id}/${data.timer}/${data.opened_by}`,
  );
  for (const [key, events] of told) {
    const alternates = events.every(
      ({ type }, index) => type.endsWith('breached') === (index % 2 === 0),
    );
    const sequence = (): string => `${key}: ${events.map(({ type }) => type).join(' ')}`;
    report.expect(alternates, 'breachTwice', sequence);
    const stands = events.length % 2 === 1;
    report.expect((isPublished.get(key) ?? false) === stands, 'breaches', sequence);
    const breaches = Math.ceil(events.length / 2);
    const task = taskOf.get(key);
    report.expect(
      Number(task?.all ?? 0) === breaches && Number(task?.open ?? 0) === (stands ? 1 : 0),
      'breachTwice',
      () => `${sequence()} with ${task?.all ?? 0} tasks, ${task?.open ?? 0} open`,
    );
    report.expect(
      Number(task?.told ?? 0) === breaches,
      'breachTwice',
      () => `${sequence()} with ${task?.told ?? 0} notifications`,
    );
  }
  for (const [key, published] of isPublished)
    report.expect(
      !published || told.has(key),
      'breaches',
      () => `${key} is marked, nobody was told`,
    );
  for (const key of taskOf.keys())
    report.expect(told.has(key), 'breachTwice', () => `${key} has a task, nobody was told`);
}
