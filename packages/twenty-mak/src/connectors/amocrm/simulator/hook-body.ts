import type { SimulatedAccount } from './account.ts';
import type {
  Change,
  FieldEntry,
  RecordEntity,
  StoredNote,
  StoredRecord,
  StoredTask,
} from './stored.ts';

/** What a body is made of before it is flattened; lists get numbers as keys. */
type Nested =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Nested[]
  | { readonly [key: string]: Nested };

export interface HookStyle {
  /** Companies are told as contacts with a type; Kommo's newer accounts name them. */
  readonly companiesAs: 'contacts' | 'companies';
  /** The author is now and then told as 0, which also stands for robots. */
  readonly hidesAuthor: () => boolean;
}

const ELEMENT_TYPES: Record<RecordEntity, number> = { contacts: 1, leads: 2, companies: 3 };
const NOTE_TYPES: Readonly<Record<string, number>> = { common: 4, call_in: 10, call_out: 11 };

/** One message with everything that changed, form-encoded, with the names of the old API. */
export function hookBody(
  account: SimulatedAccount,
  changes: readonly Change[],
  origin: string,
  style: HookStyle,
): string {
  const root: Record<string, Record<string, Nested[]>> = {};
  for (const change of changes) {
    const group = (root[groupOf(change, style)] ??= {});
    (group[change.action] ??= []).push(toldAs(account, change, style));
  }
  const form = new URLSearchParams();
  append(form, '', {
    ...root,
    account: { subdomain: account.subdomain, id: account.id, _links: { self: origin } },
  });
  return String(form);
}

/** As subscriptions name it, e.g. `status_lead`. */
export function eventName(change: Change): string {
  if (change.kind === 'task') return `${change.action}_task`;
  const names = { leads: 'lead', contacts: 'contact', companies: 'company' } as const;
  return `${change.action}_${names[change.after.entity]}`;
}

function groupOf(change: Change, { companiesAs }: HookStyle): string {
  if (change.kind === 'task') return 'task';
  return change.after.entity === 'companies' ? companiesAs : change.after.entity;
}

function toldAs(account: SimulatedAccount, change: Change, style: HookStyle): Nested {
  if (change.kind === 'task') return taskBody(account, change.after, change.before);
  if (change.kind === 'note') return { note: noteBody(account, change.after) };
  return recordBody(account, change, style);
}

function recordBody(
  account: SimulatedAccount,
  { action, before, after }: Change & { kind: 'record' },
  { hidesAuthor }: HookStyle,
): Nested {
  const { entity, id, scalars, tags, company } = after;
  const place = { status_id: scalars['status_id'], pipeline_id: scalars['pipeline_id'] };
  if (action === 'delete' && entity === 'leads') return { id, ...place };
  const ownsOf: Record<RecordEntity, () => Record<string, Nested>> = {
    leads: () => ({
      ...place,
      price: scalars['price'],
      ...(before === null
        ? {}
        : {
            old_status_id: before.scalars['status_id'],
            old_pipeline_id: before.scalars['pipeline_id'],
          }),
    }),
    contacts: () => ({
      ...(company === null
        ? {}
        : {
            company_name: account.records.companies.get(company)?.scalars['name'],
            linked_company_id: company,
          }),
      ...linkedLeads(account, 'contact', id),
      type: 'contact',
    }),
    companies: () => ({ ...linkedLeads(account, 'company', id), type: 'company' }),
  };
  return {
    id,
    name: scalars['name'],
    ...ownsOf[entity](),
    responsible_user_id: scalars['responsible_user_id'],
    ...(action === 'responsible'
      ? { old_responsible_user_id: before?.scalars['responsible_user_id'] }
      : {}),
    last_modified: scalars['updated_at'],
    modified_user_id: hidesAuthor() ? 0 : scalars['updated_by'],
    created_user_id: scalars['created_by'],
    date_create: scalars['created_at'],
    account_id: account.id,
    created_at: scalars['created_at'],
    updated_at: scalars['updated_at'],
    ...(tags.length === 0 ? {} : { tags: tags.map((tag) => ({ id: tag.id, name: tag.name })) }),
    ...customBody(account, after),
  };
}

/** A map by the ids themselves, which are numbers with large gaps. */
function linkedLeads(
  account: SimulatedAccount,
  by: 'contact' | 'company',
  id: number,
): Record<string, Nested> {
  const leads = account.linkedWith('leads', by, id);
  if (leads.length === 0) return {};
  return { linked_leads_id: Object.fromEntries(leads.map((lead) => [lead.id, { ID: lead.id }])) };
}

function customBody(account: SimulatedAccount, { custom }: StoredRecord): Record<string, Nested> {
  const fields = account.fields.flatMap((field): Nested[] => {
    const entries = custom.get(field.id);
    if (entries === undefined) return [];
    const isDate = field.type === 'date' || field.type === 'date_time';
    return [
      {
        id: field.id,
        name: field.name,
        // Dates stand alone, everything else in an object.
        values: entries.map((entry) => (isDate ? entry.value : valueBody(entry))),
        ...(field.code === null ? {} : { code: field.code }),
      },
    ];
  });
  return fields.length === 0 ? {} : { custom_fields: fields };
}

function valueBody({ value, enum_id }: FieldEntry): Nested {
  return { value: value === true ? 1 : value, ...(enum_id === undefined ? {} : { enum: enum_id }) };
}

function taskBody(account: SimulatedAccount, task: StoredTask, before: StoredTask | null): Nested {
  const { entity_type, entity_id } = task;
  return {
    id: task.id,
    element_id: entity_id ?? 0,
    element_type: entity_type === null ? 0 : ELEMENT_TYPES[entity_type],
    task_type: task.task_type_id,
    text: task.text,
    status: task.is_completed ? 1 : 0,
    complete_till: task.complete_till,
    responsible_user_id: task.responsible_user_id,
    ...(before === null ? {} : { old_responsible_user_id: before.responsible_user_id }),
    last_modified: task.updated_at,
    date_create: task.created_at,
    created_user_id: task.created_by,
    modified_user_id: task.updated_by,
    account_id: account.id,
    ...(task.result === null ? {} : { result: { text: task.result.text } }),
  };
}

function noteBody(account: SimulatedAccount, note: StoredNote): Nested {
  return {
    id: note.id,
    note_type: NOTE_TYPES[note.note_type] ?? 25,
    text: typeof note.params['text'] === 'string' ? note.params['text'] : '',
    element_id: note.entity_id,
    element_type: ELEMENT_TYPES[note.entity],
    main_user_id: note.responsible_user_id,
    date_create: note.created_at,
    created_by: note.created_by,
    modified_by: note.updated_by,
    account_id: account.id,
  };
}

function append(form: URLSearchParams, name: string, value: Nested): void {
  if (value === undefined) return;
  if (typeof value !== 'object' || value === null) {
    form.append(name, value === null ? '' : String(value));
    return;
  }
  for (const [key, part] of Object.entries(value))
    append(form, name === '' ? key : `${name}[${key}]`, part as Nested);
}
