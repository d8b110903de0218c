import { v7 as uuidv7 } from 'uuid';
import { plainArray, textArray, timeArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';

/** What a person has made, e.g. in a connected CRM; all other kinds follow from what happens to a deal. */
export const MANUAL = 'manual';

export const TASK_STATUSES = ['open', 'done', 'cancelled'] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

/** Instants are milliseconds. */
export interface TaskRow {
  readonly id: string;
  readonly deal_id: string | null;
  readonly kind: string;
  readonly subject: string;
  readonly title: string;
  readonly assignee_id: string | null;
  readonly due_at: number | null;
  readonly status: TaskStatus;
  readonly version: number;
  readonly created_at: number;
  readonly closed_at: number | null;
}

export interface NewTask {
  readonly dealId: string | null;
  readonly kind: string;
  readonly subject: string;
  readonly title: string;
  /** Null: any admin. */
  readonly assigneeId: string | null;
  readonly dueAt: number | null;
}

export interface TaskFilter {
  readonly status?: TaskStatus | undefined;
  readonly dealId?: string | undefined;
  /** Only tasks of this account. */
  readonly assigneeId?: string | undefined;
}

const COLUMNS =
  'id, deal_id, kind, subject, title, assignee_id, due_at, status, version, created_at, closed_at';

/** Opens tasks in one statement; one that is open already stays as it is. Gives the id of each new one by subject. */
export async function openTasks(
  transaction: Transaction,
  tenantId: string,
  tasks: readonly NewTask[],
): Promise<ReadonlyMap<string, string>> {
  if (tasks.length === 0) return new Map();
  const rows = await transaction.query<{ id: string; subject: string }>(
    `INSERT INTO task (tenant_id, id, deal_id, kind, subject, title, assignee_id, due_at)
     SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::timestamptz[])
     ON CONFLICT (tenant_id, kind, subject) WHERE status = 'open' DO NOTHING
     RETURNING id, subject`,
    [
      tenantId,
      plainArray(tasks.map(() => uuidv7())),
      plainArray(tasks.map(({ dealId }) => dealId)),
      textArray(tasks.map(({ kind }) => kind)),
      textArray(tasks.map(({ subject }) => subject)),
      textArray(tasks.map(({ title }) => title)),
      plainArray(tasks.map(({ assigneeId }) => assigneeId)),
      timeArray(tasks.map(({ dueAt }) => dueAt)),
    ],
  );
  return new Map(rows.map(({ id, subject }) => [subject, id]));
}

/** Closes open tasks whose reason is gone. Gives their ids. */
export async function cancelTasks(
  transaction: Transaction,
  tenantId: string,
  kind: string,
  subjects: readonly string[],
): Promise<readonly string[]> {
  if (subjects.length === 0) return [];
  const rows = await transaction.query<{ id: string }>(
    `UPDATE task SET status = 'cancelled', closed_at = now(), version = version + 1
     WHERE tenant_id = $1 AND kind = $2 AND subject = ANY ($3::text[]) AND status = 'open'
     RETURNING id`,
    [tenantId, kind, textArray(subjects)],
    'task.cancel',
  );
  return rows.map(({ id }) => id);
}

/** Newest first, older than `before`. */
export async function listTasks(
  transaction: Transaction,
  tenantId: string,
  { status, dealId, assigneeId }: TaskFilter,
  before: string | null,
  limit: number,
): Promise<TaskRow[]> {
  return transaction.query<TaskRow>(
    `SELECT ${COLUMNS} FROM task
     WHERE tenant_id = $1 AND ($2::text IS NULL OR status = $2) AND ($3::uuid IS NULL OR deal_id = $3)
       AND ($4::uuid IS NULL OR assignee_id = $4) AND ($5::uuid IS NULL OR id < $5)
     ORDER BY id DESC LIMIT $6`,
    [tenantId, status ?? null, dealId ?? null, assigneeId ?? null, before, limit],
  );
}

export async function findTasks(
  transaction: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<TaskRow[]> {
  return transaction.query<TaskRow>(
    `SELECT ${COLUMNS} FROM task WHERE tenant_id = $1 AND id = ANY ($2::uuid[])`,
    [tenantId, ids],
  );
}

/** Locks the task until the transaction ends. */
export async function findTask(
  transaction: Transaction,
  tenantId: string,
  id: string,
): Promise<TaskRow | undefined> {
  const [row] = await transaction.query<TaskRow>(
    `SELECT ${COLUMNS} FROM task WHERE tenant_id = $1 AND id = $2 FOR UPDATE`,
    [tenantId, id],
  );
  return row;
}

export async function completeTask(
  transaction: Transaction,
  tenantId: string,
  id: string,
): Promise<TaskRow | undefined> {
  const [row] = await transaction.query<TaskRow>(
    `UPDATE task SET status = 'done', closed_at = now(), version = version + 1
     WHERE tenant_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
    [tenantId, id],
  );
  return row;
}

/** Gives the task to somebody else. */
export async function assignTask(
  transaction: Transaction,
  tenantId: string,
  id: string,
  assigneeId: string,
): Promise<TaskRow | undefined> {
  const [row] = await transaction.query<TaskRow>(
    `UPDATE task SET assignee_id = $3, version = version + 1 WHERE tenant_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
    [tenantId, id, assigneeId],
  );
  return row;
}

export type ChangedTask = Pick<TaskRow, 'title' | 'assignee_id' | 'due_at' | 'status' | 'deal_id'>;

/** Keeps a task as another system has changed it; it is closed by what it became. */
export async function changeTask(
  transaction: Transaction,
  tenantId: string,
  id: string,
  { title, assignee_id, due_at, status, deal_id }: ChangedTask,
): Promise<void> {
  await transaction.execute(
    `UPDATE task SET title = $3, assignee_id = $4, due_at = $5, status = $6, deal_id = $7, version = version + 1,
       closed_at = CASE WHEN $6 = 'open' THEN NULL WHEN status = $6 THEN closed_at ELSE now() END
     WHERE tenant_id = $1 AND id = $2`,
    [tenantId, id, title, assignee_id, due_at === null ? null : new Date(due_at), status, deal_id],
  );
}

/** A task of a person's own; nothing but itself is its subject. */
export async function addTask(
  transaction: Transaction,
  tenantId: string,
  { title, assignee_id, due_at, status, deal_id }: ChangedTask,
): Promise<string> {
  const id = uuidv7();
  await transaction.execute(
    `INSERT INTO task (tenant_id, id, deal_id, kind, subject, title, assignee_id, due_at, status, closed_at)
     VALUES ($1, $2::uuid, $3, $4, $2::text, $5, $6, $7, $8, CASE WHEN $8 = 'open' THEN NULL ELSE now() END)`,
    [
      tenantId,
      id,
      deal_id,
      MANUAL,
      title,
      assignee_id,
      due_at === null ? null : new Date(due_at),
      status,
    ],
  );
  return id;
}
