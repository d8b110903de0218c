import { createHash } from 'node:crypto';
import { partOf, readForm, textOf } from './webhook-form.ts';
import type { FormNode } from './webhook-form.ts';

export type HeardKind = 'leads' | 'contacts' | 'companies' | 'tasks' | 'notes';
export const HEARD_ACTIONS = [
  'add',
  'update',
  'delete',
  'restore',
  'status',
  'responsible',
  'note',
] as const;
export type HeardAction = (typeof HEARD_ACTIONS)[number];

/** That something may have changed: a reason to look, never the truth. */
export interface HeardChange {
  readonly kind: HeardKind;
  readonly action: HeardAction;
  readonly id: string;
  /** Seconds of amoCRM's clock; null when it is not told. */
  readonly modifiedAt: number | null;
  /** Null when it is not told. It is 0 for robots, and now and then for people. */
  readonly authorId: string | null;
  /** The record that a task or note hangs on. */
  readonly about: { readonly kind: HeardKind; readonly id: string } | null;
  /** Leads that name a contact. */
  readonly leads?: readonly string[];
}

export interface WebhookMessage {
  /** Which account says it is; anybody can say so. */
  readonly account: { readonly id: string | null; readonly subdomain: string | null };
  readonly heard: readonly HeardChange[];
  /** What is told there besides, e.g. `unsorted.add`. */
  readonly ignored: readonly string[];
}

export type ReadMessage =
  | { readonly kind: 'message'; readonly message: WebhookMessage }
  | { readonly kind: 'refused'; readonly reason: string };

const GROUPS: ReadonlyMap<string, HeardKind> = new Map([
  ['leads', 'leads'],
  ['contacts', 'contacts'],
  ['companies', 'companies'],
  ['task', 'tasks'],
  ['tasks', 'tasks'],
]);
const ELEMENTS: ReadonlyMap<string | null, HeardKind> = new Map([
  ['1', 'contacts'],
  ['2', 'leads'],
  ['3', 'companies'],
]);
const ID = /^[1-9]\d{0,15}$/;
/** Leads of one contact that are looked at because it changed; of more, those that are told first. */
const MOST_LEADS = 50;

/** The same for a message that is repeated. */
export function digestOf(body: Buffer | string): string {
  return createHash('sha256').update(body).digest('base64url');
}

/** Reads what a webhook brings: all records and all actions of it, whatever else stands there. */
export function readWebhook(body: string): ReadMessage {
  const form = readForm(body);
  if (form.kind === 'refused') return form;
  const { root } = form;
  const account = partOf(root, 'account');
  const heard: HeardChange[] = [];
  const ignored: string[] = [];
  for (const [name, group] of root.parts) {
    if (name === 'account') continue;
    const kind = GROUPS.get(name);
    for (const [action, rows] of group.parts) {
      const known = HEARD_ACTIONS.find((one) => one === action);
      const found =
        kind === undefined || known === undefined
          ? []
          : [...rows.parts.values()].flatMap((row) => changeOf(kind, known, row));
      heard.push(...found);
      if (found.length === 0) ignored.push(`${name}.${action}`.slice(0, 100));
    }
  }
  if (heard.length === 0 && ignored.length === 0)
    return { kind: 'refused', reason: 'It tells of nothing.' };
  return {
    kind: 'message',
    message: {
      account: { id: textOf(account, 'id'), subdomain: textOf(account, 'subdomain') },
      heard,
      ignored,
    },
  };
}

function changeOf(group: HeardKind, action: HeardAction, row: FormNode): HeardChange[] {
  if (action === 'note') return noteOf(group, partOf(row, 'note') ?? row);
  const id = textOf(row, 'id');
  if (id === null || !ID.test(id)) return [];
  const isCompany = group === 'contacts' && textOf(row, 'type') === 'company';
  const leads = group === 'contacts' && !isCompany ? leadsOf(row) : [];
  return [
    {
      kind: isCompany ? 'companies' : group,
      action,
      id,
      modifiedAt: secondsOf(row, 'last_modified', 'updated_at'),
      authorId: textOf(row, 'modified_user_id'),
      about: group === 'tasks' ? elementOf(row, null) : null,
      ...(leads.length === 0 ? {} : { leads }),
    },
  ];
}

function leadsOf(row: FormNode): readonly string[] {
  const linked = [...(partOf(row, 'linked_leads_id')?.parts.keys() ?? [])];
  return linked.filter((id) => ID.test(id)).slice(0, MOST_LEADS);
}

function noteOf(group: HeardKind, note: FormNode): HeardChange[] {
  const id = textOf(note, 'id');
  if (id === null || !ID.test(id)) return [];
  return [
    {
      kind: 'notes',
      action: 'note',
      id,
      modifiedAt: secondsOf(note, 'last_update', 'updated_at', 'date_create'),
      authorId: textOf(note, 'modified_by'),
      about: elementOf(note, group),
    },
  ];
}

function elementOf(row: FormNode, group: HeardKind | null): HeardChange['about'] {
  const id = textOf(row, 'element_id');
  const kind = ELEMENTS.get(textOf(row, 'element_type')) ?? group;
  return id === null || !ID.test(id) || kind === null ? null : { kind, id };
}

/** The first of these names that holds a time. */
function secondsOf(row: FormNode, ...names: readonly string[]): number | null {
  const text = names.map((name) => textOf(row, name)).find((one) => /^\d{1,12}$/.test(one ?? ''));
  return text == null ? null : Number(text);
}
