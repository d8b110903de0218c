import type { CameMessage, ToldRecord } from '../sync/index.ts';
import type { Door } from './webhook-door.ts';
import { readWebhook } from './webhook-message.ts';
import type { HeardChange } from './webhook-message.ts';

/** Which kind of MaK's records is told of. */
const KINDS: Readonly<Record<HeardChange['kind'], string>> = {
  leads: 'deal',
  contacts: 'contact',
  companies: 'company',
  tasks: 'task',
  notes: 'note',
};
/** What MaK subscribes to: what happens to these. */
export const TOLD_EVENTS: readonly string[] = [
  'add_lead',
  'update_lead',
  'delete_lead',
  'restore_lead',
  'status_lead',
  'responsible_lead',
  'update_contact',
  'delete_contact',
  'restore_contact',
  'update_company',
  'delete_company',
  'restore_company',
  'responsible_company',
  'add_task',
  'update_task',
  'delete_task',
  'responsible_task',
  'note_lead',
];

/** amoCRM tells of what MaK writes before MaK has kept the answer; looked at a little later it is no news. Milliseconds. */
const ECHO = 3_000;

/** Names that a message is kept with; anybody may have made them up. */
const MOST_UNTOLD = 20;

/**
 * A message as it is kept: ids, and nothing that people wrote. Null when it is of another account than the one that the address
 * was made for. What cannot be read is kept as that.
 */
export function toldBy(body: string, digest: string, door: Door): CameMessage | null {
  const read = readWebhook(body);
  if (read.kind === 'refused') return { digest, told: [], untold: [read.reason] };
  const { account, heard, ignored } = read.message;
  if (account.id !== null && account.id !== door.accountId) return null;
  const told = heard.filter(isOfLeads).map((change): ToldRecord => ({
    entity: KINDS[change.kind],
    remoteId: change.id,
    ...urgencyOf(change, door),
  }));
  return { digest, told, untold: [...new Set(ignored.map(harmless))].slice(0, MOST_UNTOLD) };
}

/** Tasks and notes that hang on something else than a lead are none of ours. */
function isOfLeads({ kind, about }: HeardChange): boolean {
  return (kind !== 'tasks' && kind !== 'notes') || about === null || about.kind === 'leads';
}

/** Robots write as nobody; so do people now and then, and wait those seconds. */
function urgencyOf(
  { authorId }: HeardChange,
  { userId }: Door,
): Pick<ToldRecord, 'urgency' | 'pause'> {
  const isPerson = authorId !== null && authorId !== '0' && authorId !== userId;
  return isPerson ? { urgency: 'person', pause: 0 } : { urgency: 'system', pause: ECHO };
}

function harmless(name: string): string {
  return name.replaceAll(/[^\w. ]/g, '?');
}
