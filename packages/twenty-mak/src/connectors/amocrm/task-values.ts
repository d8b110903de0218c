import { formatInstant, parseInstant } from 'twenty-mak-domain';
import type { Json, Values } from 'twenty-mak-domain';
import { z } from 'zod';
import { readPage } from './pages.ts';
import { ownerOf, responsibleFor } from './people.ts';
import type { WorkKind } from './work-records.ts';

const taskSchema = z.object({
  id: z.int(),
  text: z.string().nullish(),
  complete_till: z.int().nullish(),
  is_completed: z.boolean().default(false),
  responsible_user_id: z.int().nullish(),
  entity_id: z.int().nullish(),
  entity_type: z.string().nullish(),
  created_by: z.int().nullish(),
  updated_at: z.int(),
  updated_by: z.int().nullish(),
});
type Task = z.output<typeof taskSchema>;

const SECOND = 1_000;
/** amoCRM has no task without a time; one that MaK gives none is due after this. Seconds. */
const DAY = 86_400;
/** How far a poll goes back behind the newest change that it saw, in seconds. */
const OVERLAP = 60;
/** Said in place of a result, in any language. */
const RESULTS: Readonly<Record<string, string>> = { done: 'MaK ✓', cancelled: 'MaK ✗' };

/** From when on, which page of it, the newest change of the pages before, and when the first one was read; seconds. */
const cursorSchema = z.tuple(
  [z.int().nonnegative(), z.int().positive(), z.int().nonnegative()],
  z.int().nonnegative(),
);

/** Tasks of leads. */
export const TASKS: WorkKind<Task> = {
  entity: 'task',
  path: 'tasks',
  query: [['filter[entity_type]', 'leads']],
  schema: taskSchema,
  stored: storedTaskValues,
  leadOf: ({ entity_type, entity_id }) => (entity_type === 'leads' ? (entity_id ?? null) : null),
  valuesOf: (task, account, here) => ({
    deal: here('deal', TASKS.leadOf(task)),
    title: titleOf(task.text),
    due_at: task.complete_till ? formatInstant(task.complete_till * SECOND) : null,
    status: task.is_completed ? 'done' : 'open',
    assignee: ownerOf(task.responsible_user_id, account),
  }),
  rowOf: (values, before, lead, account) => {
    const { title, status } = values;
    const responsible = responsibleFor(values['assignee'], account, 'assignee');
    // A new task goes without somebody whom amoCRM does not know.
    if (typeof responsible === 'object' && before !== null) return responsible;
    const due = secondsOf(values['due_at']);
    const till = due ?? (before === null ? Math.floor(Date.now() / SECOND) + DAY : null);
    const result = typeof status === 'string' ? RESULTS[status] : undefined;
    return {
      ...('title' in values ? { text: titleOf(title) ?? '' } : {}),
      ...(till === null ? {} : { complete_till: till }),
      ...(typeof responsible === 'number' ? { responsible_user_id: responsible } : {}),
      ...(lead === null ? {} : { entity_id: lead, entity_type: 'leads' }),
      ...('status' in values ? { is_completed: status !== 'open' } : {}),
      ...(result === undefined ? {} : { result: { text: result } }),
    };
  },
  isOver: (task) => task.is_completed,
  fieldOf: (path) => FIELDS[path.split('.')[0] ?? ''] ?? null,
  isSame: (task, { title }) => titleOf(task.text) === titleOf(title),
  changed: async (client, cursor) => {
    const [since, page, newest, begun = Math.floor(Date.now() / SECOND)] = cursorSchema.parse(
      cursor === null ? [0, 1, 0] : JSON.parse(cursor),
    );
    // amoCRM lists no tasks in the order of their changes.
    const query = [
      ...TASKS.query,
      ['filter[updated_at][from]', since],
      ['order[id]', 'asc'],
    ] as const;
    const { rows, more } = await readPage(client, { path: 'tasks', query }, taskSchema, page);
    const last = Math.max(newest, since, ...rows.map(({ updated_at }) => updated_at));
    // What changes while pages are read may stand on one that is read already.
    const seen = Math.min(last, begun) - OVERLAP;
    const next = more ? [since, page + 1, last, begun] : [Math.max(since, seen), 1, 0];
    return { rows, cursor: JSON.stringify(next), more };
  },
};

const FIELDS: Readonly<Record<string, string>> = {
  text: 'title',
  complete_till: 'due_at',
  responsible_user_id: 'assignee',
  is_completed: 'status',
  entity_id: 'deal',
};

/** Values as amoCRM gives them back: whole seconds, and done is all that a closed task is. */
export function storedTaskValues(values: Values): Values {
  const { title, due_at, status } = values;
  const due = secondsOf(due_at);
  return {
    ...values,
    ...('title' in values ? { title: titleOf(title) } : {}),
    ...('due_at' in values ? { due_at: due === null ? null : formatInstant(due * SECOND) } : {}),
    ...('status' in values ? { status: status === 'open' ? 'open' : 'done' } : {}),
  };
}

function secondsOf(due: Json | undefined): number | null {
  const instant = typeof due === 'string' ? parseInstant(due) : null;
  return instant === null ? null : Math.floor(instant / SECOND);
}

function titleOf(text: unknown): string | null {
  const title = typeof text === 'string' ? text.trim() : '';
  return title === '' ? null : title;
}
