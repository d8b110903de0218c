import type { SimulatedAccount } from './account.ts';
import { hal, invalid } from './answers.ts';
import type { RowError } from './answers.ts';
import type { Call, Handler, Route } from './call.ts';
import { noChoice } from './custom-fields.ts';
import { noteSchema, readRow, readRows, taskSchema } from './inputs.ts';
import type { NoteInput, Row, TaskInput } from './inputs.ts';
import { fitsScalar, pageOf, readQuery, TASK_ORDERS } from './lists.ts';
import type { ListQuery } from './lists.ts';
import type { Change, RecordEntity, StoredNote, StoredTask } from './stored.ts';

const TASK_FILTERS =
  /^(?:id|responsible_user_id|is_completed|entity_type|entity_id|updated_at(?:\.(?:from|to))?)$/;
const NOTE_FILTERS = /^(?:id|entity_id|note_type|updated_at(?:\.(?:from|to))?)$/;

const listTasks: Handler = ({ account, shower, url }) => {
  const query = readQuery(url.searchParams, TASK_FILTERS, TASK_ORDERS);
  const rows = [...account.tasks.values()].filter((task) => fits({ ...task }, query));
  return pageOf(rows, query, 'tasks', url, (task) => shower.task(task));
};

const tasks: Route[] = [
  ['GET', '/tasks', listTasks],
  [
    'GET',
    '/tasks/:id',
    ({ account, shower, id, unknown }) => {
      const task = account.tasks.get(id);
      return task === undefined ? unknown() : hal(shower.task(task));
    },
  ],
  ['POST', '/tasks', (call) => writtenTasks(call, readRows(taskSchema, call.body), 'create')],
  ['PATCH', '/tasks', (call) => writtenTasks(call, readRows(taskSchema, call.body), 'update')],
  [
    'PATCH',
    '/tasks/:id',
    (call) => {
      const [task] = writeTasks(call, readRow(taskSchema, call.body, call.id), 'update');
      return task === undefined
        ? call.unknown()
        : hal({
            id: task.id,
            updated_at: task.updated_at,
            _links: call.shower.link(`tasks/${task.id}`),
          });
    },
  ],
];

function notes(entity: RecordEntity): Route[] {
  const list =
    (isOfOne: boolean): Handler =>
    ({ account, shower, url, id }) => {
      const query = readQuery(url.searchParams, NOTE_FILTERS);
      const rows = [...account.notes.values()].filter(
        (note) =>
          note.entity === entity && (!isOfOne || note.entity_id === id) && fits({ ...note }, query),
      );
      return pageOf(rows, query, 'notes', url, (note) => shower.note(note));
    };
  const create =
    (isOfOne: boolean): Handler =>
    (call) => {
      const rows = readRows(noteSchema, call.body);
      const about = isOfOne ? call.id : undefined;
      return writtenNotes(call, entity, rows, about, 'create');
    };
  return [
    ['GET', `/${entity}/notes`, list(false)],
    ['POST', `/${entity}/notes`, create(false)],
    [
      'PATCH',
      `/${entity}/notes`,
      (call) => writtenNotes(call, entity, readRows(noteSchema, call.body), undefined, 'update'),
    ],
    ['GET', `/${entity}/:id/notes`, list(true)],
    ['POST', `/${entity}/:id/notes`, create(true)],
    [
      'GET',
      `/${entity}/notes/:id`,
      ({ account, shower, id, unknown }) => {
        const note = account.notes.get(id);
        return note?.entity === entity ? hal(shower.note(note)) : unknown();
      },
    ],
  ];
}

/** Tasks and notes. */
export const WORK_ROUTES: readonly Route[] = [
  ...tasks,
  ...notes('leads'),
  ...notes('contacts'),
  ...notes('companies'),
];

/** Makes or changes tasks: all or none. Throws 400. */
export function writeTasks(
  { account, userId }: Pick<Call, 'account' | 'userId'>,
  rows: readonly Row<TaskInput>[],
  mode: 'create' | 'update',
): readonly StoredTask[] {
  const now = account.seconds();
  const written = allOrNone(rows, ({ request_id: _key, ...input }, errors) => {
    const before = mode === 'create' ? undefined : account.tasks.get(input.id ?? 0);
    if (mode === 'update' && before === undefined) errors.push(noChoice('id'));
    if (mode === 'create')
      for (const name of ['text', 'complete_till'] as const)
        if (input[name] === undefined) errors.push(missing(name));
    requireOwner(account, input.responsible_user_id, errors);
    const { entity_type = before?.entity_type ?? null, entity_id = before?.entity_id ?? null } =
      input;
    if (entity_type !== null && !account.records[entity_type].has(entity_id ?? 0))
      errors.push(noChoice('entity_id'));
    const task: StoredTask = {
      ...(before ?? {
        id: 0,
        task_type_id: 1,
        text: '',
        complete_till: now,
        duration: 0,
        responsible_user_id: userId,
        is_completed: false,
        result: null,
        created_by: userId,
        created_at: now,
      }),
      ...given(input),
      entity_type,
      entity_id,
      updated_by: input.updated_by ?? userId,
      updated_at: now,
    };
    return task;
  });
  const changes: Change[] = [];
  const kept = written.map((task) => {
    const after = task.id === 0 ? { ...task, id: account.nextId() } : task;
    const before = account.tasks.get(after.id) ?? null;
    account.tasks.set(after.id, after);
    changes.push({ kind: 'task', action: before === null ? 'add' : 'update', before, after });
    if (before !== null && before.responsible_user_id !== after.responsible_user_id)
      changes.push({ kind: 'task', action: 'responsible', before, after });
    return after;
  });
  account.onChange(changes);
  return kept;
}

function writtenTasks(
  call: Call,
  rows: readonly Row<TaskInput>[],
  mode: 'create' | 'update',
): ReturnType<Handler> {
  const written = writeTasks(call, rows, mode).map(({ id, updated_at }, index) => ({
    id,
    ...(mode === 'update' ? { updated_at } : {}),
    request_id: rows[index]?.key,
    _links: call.shower.link(`tasks/${id}`),
  }));
  return hal({ _links: call.shower.link('tasks'), _embedded: { tasks: written } });
}

/** Makes or changes notes: all or none. Throws 400. */
export function writeNotes(
  { account, userId }: Pick<Call, 'account' | 'userId'>,
  entity: RecordEntity,
  rows: readonly Row<NoteInput>[],
  about: number | undefined,
  mode: 'create' | 'update',
): readonly StoredNote[] {
  const now = account.seconds();
  const written = allOrNone(rows, ({ request_id: _key, ...input }, errors) => {
    const before = mode === 'create' ? undefined : account.notes.get(input.id ?? 0);
    if (mode === 'update' && before === undefined) errors.push(noChoice('id'));
    const entity_id = about ?? input.entity_id ?? before?.entity_id ?? 0;
    const note_type = input.note_type ?? before?.note_type;
    if (!account.records[entity].has(entity_id)) errors.push(noChoice('entity_id'));
    if (note_type === undefined) errors.push(missing('note_type'));
    const params = input.params ?? before?.params ?? {};
    if (note_type === 'common' && typeof params['text'] !== 'string')
      errors.push(missing('params.text'));
    const note: StoredNote = {
      id: before?.id ?? 0,
      entity,
      entity_id,
      note_type: note_type ?? 'common',
      params,
      responsible_user_id: input.responsible_user_id ?? before?.responsible_user_id ?? userId,
      created_by: before?.created_by ?? input.created_by ?? userId,
      updated_by: input.updated_by ?? userId,
      created_at: before?.created_at ?? now,
      updated_at: now,
    };
    return note;
  }).map((note) => (note.id === 0 ? { ...note, id: account.nextId() } : note));
  for (const note of written) account.notes.set(note.id, note);
  if (mode === 'create')
    account.onChange(written.map((after) => ({ kind: 'note', action: 'note', after })));
  return written;
}

function writtenNotes(
  call: Call,
  entity: RecordEntity,
  rows: readonly Row<NoteInput>[],
  about: number | undefined,
  mode: 'create' | 'update',
): ReturnType<Handler> {
  const { shower } = call;
  const written = writeNotes(call, entity, rows, about, mode);
  const shown = written.map(({ id, entity_id, updated_at }, index) => ({
    id,
    entity_id,
    ...(mode === 'update' ? { updated_at } : {}),
    request_id: rows[index]?.key,
    _links: shower.link(`${entity}/${entity_id}/notes/${id}`),
  }));
  return hal({ _links: shower.link(`${entity}/notes`), _embedded: { notes: shown } });
}

function allOrNone<T, S>(
  rows: readonly Row<T>[],
  read: (input: T, errors: RowError[]) => S,
): readonly S[] {
  const failed = new Map<string, readonly RowError[]>();
  const all = rows.map(({ input, key }) => {
    const errors: RowError[] = [];
    const one = read(input, errors);
    if (errors.length > 0) failed.set(key, errors);
    return one;
  });
  if (failed.size > 0) throw invalid(failed);
  return all;
}

function requireOwner(
  { users }: SimulatedAccount,
  id: number | undefined,
  errors: RowError[],
): void {
  if (id !== undefined && !users.some((user) => user.id === id))
    errors.push(noChoice('responsible_user_id'));
}

function missing(path: string): RowError {
  return { code: 'FieldMissing', path, detail: 'This field is missing.' };
}

/** Without what was not sent. */
function given<T extends object>(input: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  const sent = Object.entries(input).filter(([, value]) => value !== undefined);
  return Object.fromEntries(sent) as { [Key in keyof T]: Exclude<T[Key], undefined> };
}

function fits(row: Readonly<Record<string, unknown>>, { filter }: ListQuery): boolean {
  return [...filter].every(([path, values]) => {
    const [name = '', part = ''] = path.split('.');
    const value = row[name];
    // Completed or not is asked as 1 or 0.
    return fitsScalar(typeof value === 'boolean' ? Number(value) : value, part, values);
  });
}
