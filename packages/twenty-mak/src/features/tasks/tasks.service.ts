import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { scopeOf } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { forbidden, notFound, RefusalError, staleVersion } from '../../platform/errors/index.ts';
import { RecordFeed } from '../../platform/records/index.ts';
import { pageOf, readCursor } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { findAccount } from '../accounts/index.ts';
import { Audit } from '../audit/index.ts';
import { notify } from '../../platform/notifications/index.ts';
import { taskView } from './tasks.dto.ts';
import type { ListTasks, ReassignTask, TaskView } from './tasks.dto.ts';
import { assignTask, completeTask, findTask, findTasks, listTasks } from './tasks.repository.ts';
import type { TaskRow } from './tasks.repository.ts';

const cursorKeys = z.tuple([z.uuid()]);

@Injectable()
export class TasksService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RecordFeed) private readonly feed: RecordFeed,
  ) {}

  /** Newest first. People see their own tasks; admins and clients see all. */
  async list(principal: Principal, query: ListTasks): Promise<Page<TaskView>> {
    const { limit, cursor, status, deal_id: dealId } = query;
    const before = cursor === undefined ? null : readCursor(cursorKeys, cursor)[0];
    const assigneeId = seesAll(principal) ? undefined : principal.id;
    const rows = await this.database.within(scopeOf(principal), (transaction) =>
      listTasks(transaction, principal.tenantId, { status, dealId, assigneeId }, before, limit + 1),
    );
    const page = pageOf(rows, limit, ({ id }) => [id]);
    return { items: page.items.map(taskView), next: page.next };
  }

  /** Marks an open task as done; one that is done stays done. 409 `stale_version` when it has changed since. */
  async complete(principal: Principal, id: string, version: number): Promise<TaskView> {
    if (principal.kind === 'client' && !principal.scopes.has('deals:write')) {
      throw forbidden('This needs the scope deals:write. Ask an admin of your tenant for it.');
    }
    return this.database.within({ tenantId: principal.tenantId }, async (transaction) => {
      const task = await findTask(transaction, principal.tenantId, id);
      if (task === undefined || !mayTouch(principal, task)) throw notFound('task');
      if (task.version !== version) throw staleVersion(taskView(task), { version });
      if (task.status !== 'open') return taskView(task);
      const done = await completeTask(transaction, principal.tenantId, id);
      this.changed(transaction, principal.tenantId, id, 'status');
      await Audit.record(transaction, principal, 'task.completed', 'task', id, {
        kind: task.kind,
        subject: task.subject,
      });
      return taskView(done ?? task);
    });
  }

  /**
   * Gives an open task to somebody else, who is told of it. Refuses with `unknown_account`, `task_closed` or
   * `stale_version`.
   */
  async reassign(
    principal: Principal,
    id: string,
    { assignee_id: assigneeId, version }: ReassignTask,
  ): Promise<TaskView> {
    const { tenantId } = principal;
    if (principal.restrictedTo !== undefined)
      throw forbidden('Only the office gives tasks to somebody else.');
    return this.database.within({ tenantId }, async (transaction) => {
      const task = await findTask(transaction, tenantId, id);
      if (task === undefined) throw notFound('task');
      if (task.version !== version)
        throw staleVersion(taskView(task), { version, assignee_id: assigneeId });
      if (task.status !== 'open') throw taskClosed(task);
      if (task.assignee_id === assigneeId) return taskView(task);
      const assignee = await findAccount(transaction, tenantId, assigneeId);
      if (assignee?.status !== 'active') throw unknownAssignee();
      const assigned = await assignTask(transaction, tenantId, id, assigneeId);
      this.changed(transaction, tenantId, id, 'assignee');
      const data = { task_id: id, task_kind: task.kind, title: task.title };
      const notification = { accountId: assigneeId, kind: 'task.assigned', dealId: task.deal_id };
      if (assigneeId !== principal.id)
        await notify(transaction, tenantId, [{ ...notification, data }]);
      await Audit.record(transaction, principal, 'task.reassigned', 'task', id, {
        from: task.assignee_id,
        to: assigneeId,
      });
      return taskView(assigned ?? task);
    });
  }

  private changed(transaction: Transaction, tenantId: string, id: string, field: string): void {
    this.feed.changed(transaction, tenantId, 'task', [{ id, urgency: 'person', fields: [field] }]);
  }
}

/** Tasks by id, for whoever shows them with what they are about. */
export async function tasksById(
  transaction: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, TaskView>> {
  const rows = ids.length === 0 ? [] : await findTasks(transaction, tenantId, ids);
  return new Map(rows.map((row) => [row.id, taskView(row)]));
}

function taskClosed({ status }: TaskRow): RefusalError {
  return new RefusalError(
    { code: 'task_closed', reason: `This task is ${status}; nobody has to do it any more.` },
    409,
  );
}

function unknownAssignee(): RefusalError {
  return new RefusalError({
    code: 'unknown_account',
    reason: 'There is no active account with this id. See GET /v1/accounts.',
    field: 'assignee_id',
  });
}

function seesAll(principal: Principal): boolean {
  return principal.kind === 'client' || principal.role === 'admin';
}

function mayTouch(principal: Principal, task: TaskRow): boolean {
  return seesAll(principal) || task.assignee_id === principal.id;
}
