import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { forbidden, notFound, staleVersion } from '../../platform/errors/index.ts';
import { pageOf, readCursor } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { Audit } from '../audit/index.ts';
import { taskView } from './tasks.dto.ts';
import type { ListTasks, TaskView } from './tasks.dto.ts';
import { completeTask, findTask, listTasks } from './tasks.repository.ts';
import type { TaskRow } from './tasks.repository.ts';

const cursorKeys = z.tuple([z.uuid()]);

@Injectable()
export class TasksService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Newest first. People see their own tasks; admins and clients see all. */
  async list(principal: Principal, query: ListTasks): Promise<Page<TaskView>> {
    const { limit, cursor, status, deal_id: dealId } = query;
    const before = cursor === undefined ? null : readCursor(cursorKeys, cursor)[0];
    const assigneeId = seesAll(principal) ? undefined : principal.id;
    const rows = await this.database.within({ tenantId: principal.tenantId }, (transaction) =>
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
      await Audit.record(transaction, principal, 'task.completed', 'task', id, {
        kind: task.kind,
        subject: task.subject,
      });
      return taskView(done ?? task);
    });
  }
}

function seesAll(principal: Principal): boolean {
  return principal.kind === 'client' || principal.role === 'admin';
}

function mayTouch(principal: Principal, task: TaskRow): boolean {
  return seesAll(principal) || task.assignee_id === principal.id;
}
