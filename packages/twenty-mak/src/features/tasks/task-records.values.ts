import { parseInstant } from 'twenty-mak-domain';
import type { MakChange, WriteRefusal } from '../../platform/records/index.ts';
import { MANUAL, TASK_STATUSES } from './tasks.repository.ts';
import type { ChangedTask, TaskRow, TaskStatus } from './tasks.repository.ts';

/** Longest title of a task, in characters. */
const LONGEST_TITLE = 500;

export type TaskState = ChangedTask;

/** What a task may refer to. */
export interface Surroundings {
  /** Ids of accounts by e-mail address in lower case. */
  readonly accounts: ReadonlyMap<string, string>;
  /** Deals by the id that they have, or had before they were merged. */
  readonly deals: ReadonlyMap<string, string>;
}

type Decided =
  | { readonly ok: true; readonly task: TaskState }
  | { readonly ok: false; readonly refusal: WriteRefusal };

const NEW: TaskState = {
  title: '',
  due_at: null,
  status: 'open',
  assignee_id: null,
  deal_id: null,
};

/** What a task becomes by the change of another system. */
export function decideTask(
  { localId, values }: MakChange,
  before: TaskRow | undefined,
  { accounts, deals }: Surroundings,
): Decided {
  if (localId !== null && before === undefined)
    return refuse('task_gone', 'There is no such task.', null);
  const { title, due_at: dueAt, assignee, deal } = values;
  const status = TASK_STATUSES.find((one) => one === values['status']);
  if (typeof title === 'string' && title.length > LONGEST_TITLE)
    return refuse('title_too_long', `A title has at most ${LONGEST_TITLE} characters.`, 'title');
  if (before !== undefined && isReopened(before, status))
    return refuse(
      'task_closed',
      'What MaK has closed, or made because of a missed target, is not opened again. Make a new task.',
      'status',
    );
  const assigneeId = typeof assignee === 'string' ? accounts.get(assignee) : null;
  if (before !== undefined && assigneeId === undefined)
    return refuse(
      'unknown_assignee',
      'No account has the e-mail address of this person. Invite the person.',
      'assignee',
    );
  const dealId = typeof deal === 'string' ? deals.get(deal) : null;
  if (dealId === undefined) return refuse('deal_gone', 'There is no such deal.', 'deal');
  if (before === undefined && dealId === null)
    return refuse('deal_required', 'A task from elsewhere belongs to a deal.', 'deal');
  if (before !== undefined && isMoved(before, dealId))
    return refuse('field_read_only', 'What MaK has made stays with its deal.', 'deal');
  const present = before ?? NEW;
  return {
    ok: true,
    task: {
      title: 'title' in values ? textOf(title) : present.title,
      due_at: 'due_at' in values ? parsed(dueAt) : present.due_at,
      status: becomes(before?.status, status),
      assignee_id: 'assignee' in values ? (assigneeId ?? null) : present.assignee_id,
      // A task that was taken away from its deal there still belongs to it here.
      deal_id: dealId ?? present.deal_id,
    },
  };
}

/** A task that is done may lie in the bin there: it stays done. */
function becomes(before: TaskStatus | undefined, status: TaskStatus | undefined): TaskStatus {
  if (status === undefined || (before === 'done' && status === 'cancelled'))
    return before ?? 'open';
  return status;
}

function isReopened({ kind, status: before }: TaskRow, status: TaskStatus | undefined): boolean {
  return status === 'open' && before !== 'open' && kind !== MANUAL;
}

function isMoved({ kind, deal_id: before }: TaskRow, dealId: string | null): boolean {
  return dealId !== null && dealId !== before && kind !== MANUAL;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function parsed(value: unknown): number | null {
  return typeof value === 'string' ? parseInstant(value) : null;
}

function refuse(code: string, reason: string, field: string | null): Decided {
  return { ok: false, refusal: { code, reason, field } };
}
