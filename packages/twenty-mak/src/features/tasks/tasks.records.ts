import { Inject, Injectable } from '@nestjs/common';
import { Audit } from '../../platform/audit/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { notify } from '../../platform/notifications/index.ts';
import { ProvidesRecords, RecordFeed } from '../../platform/records/index.ts';
import type {
  MakChange,
  MakRecord,
  WritableRecordSource,
  Written,
} from '../../platform/records/index.ts';
import { accountsByEmail } from '../accounts/index.ts';
import { dealsThere, listOpenTaskIds, readTaskRecords } from './task-records.repository.ts';
import { decideTask } from './task-records.values.ts';
import type { Surroundings, TaskState } from './task-records.values.ts';
import { addTask, changeTask, findTask, MANUAL } from './tasks.repository.ts';

/** Tasks, for other systems. A task that only the other system has is one that a person has made there. */
@Injectable()
@ProvidesRecords({ entity: 'task' })
export class TaskRecords implements WritableRecordSource {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RecordFeed) private readonly feed: RecordFeed,
  ) {}

  async read(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, MakRecord>> {
    return this.database.within({ tenantId }, (tx) => readTaskRecords(tx, tenantId, ids));
  }

  /** Those that somebody still has to do; what was done before the systems met is of no use there. */
  async list(tenantId: string, after: string | null, limit: number): Promise<readonly string[]> {
    return this.database.within({ tenantId }, (tx) => listOpenTaskIds(tx, tenantId, after, limit));
  }

  async write(
    tenantId: string,
    author: string,
    changes: readonly MakChange[],
  ): Promise<readonly Written<string, number>[]> {
    return this.database.within({ tenantId }, async (tx) => {
      const around: Surroundings = {
        accounts: await accountsByEmail(tx, tenantId, textsOf(changes, 'assignee')),
        deals: await dealsThere(tx, tenantId, textsOf(changes, 'deal')),
      };
      const answers: Written<string, number>[] = [];
      for (const change of changes)
        answers.push(await this.writeOne(tx, tenantId, author, change, around));
      return answers;
    });
  }

  private async writeOne(
    tx: Transaction,
    tenantId: string,
    author: string,
    change: MakChange,
    around: Surroundings,
  ): Promise<Written<string, number>> {
    const { localId, version } = change;
    const before = localId === null ? undefined : await findTask(tx, tenantId, localId);
    if (before !== undefined && before.version !== version) return { kind: 'moved' };
    const decision = decideTask(change, before, around);
    if (!decision.ok) return { kind: 'refused', refusal: decision.refusal };
    const { task } = decision;
    const id = before?.id ?? (await addTask(tx, tenantId, task));
    if (before !== undefined) await changeTask(tx, tenantId, id, task);
    await this.tell(tx, tenantId, author, { id, kind: before?.kind ?? MANUAL }, before, task);
    const record = (await readTaskRecords(tx, tenantId, [id])).get(id);
    if (record === undefined) throw new Error('A task that was written is not there.');
    return { kind: 'written', id, ...record };
  }

  /** The audit log hears of it, so does who has to do it now, and other systems. */
  private async tell(
    tx: Transaction,
    tenantId: string,
    author: string,
    { id, kind }: { readonly id: string; readonly kind: string },
    before: TaskState | undefined,
    task: TaskState,
  ): Promise<void> {
    this.feed.changed(tx, tenantId, 'task', [{ id, urgency: 'person', fields: [] }]);
    const { assignee_id: assignee, deal_id: dealId, title, status } = task;
    const isTold = assignee !== null && status === 'open' && assignee !== before?.assignee_id;
    const data = { task_id: id, task_kind: kind, title };
    if (isTold)
      await notify(tx, tenantId, [{ accountId: assignee, kind: 'task.assigned', dealId, data }]);
    const action = before === undefined ? 'task.created' : 'task.changed';
    const actor = { kind: 'system', id: `connector:${author}` } as const;
    await Audit.recordFor(tx, tenantId, actor, action, 'task', id, {
      kind,
      status,
      assignee_id: assignee,
    });
  }
}

function textsOf(changes: readonly MakChange[], field: string): readonly string[] {
  return changes.flatMap(({ values }) => {
    const value = values[field];
    return typeof value === 'string' ? [value] : [];
  });
}
