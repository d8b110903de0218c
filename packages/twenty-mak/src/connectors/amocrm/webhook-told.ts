import { stampOf } from '../sync/index.ts';
import type { CameMessage, ToldRecord } from '../sync/index.ts';
import type { Door } from './webhook-door.ts';
import { readWebhook } from './webhook-message.ts';
import type { HeardAction, HeardChange } from './webhook-message.ts';

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

/**
 * amoCRM tells of what MaK writes before MaK has kept the answer. A little later MaK knows the second of its own write, and need
 * not look; what somebody else writes as MaK's user within the same second is found by asking. Milliseconds.
 */
const ECHO = 3_000;

/** Names that a message is kept with; anybody may have made them up. */
const MOST_UNTOLD = 20;

/**
 * A message as it is kept: ids, and nothing that people wrote. Null when it is of another account than the one that the address
 * was made for. What cannot be read is kept as that.
 */
export function toldBy(
  body: string,
  digest: string,
  door: Door,
  hasLeads: boolean,
): CameMessage | null {
  const read = readWebhook(body);
  if (read.kind === 'refused') return { digest, told: [], untold: [read.reason] };
  const { account, heard, ignored } = read.message;
  if (account.id !== null && account.id !== door.accountId) return null;
  const told = heard.filter(isOfLeads).flatMap((change): ToldRecord[] => {
    const how = urgencyOf(change, door);
    const own = { entity: KINDS[change.kind], remoteId: change.id, ...how };
    return hasLeads ? [own, ...leadsTold(change, how)] : [own];
  });
  return { digest, told, untold: [...new Set(ignored.map(harmless))].slice(0, MOST_UNTOLD) };
}

/** Of one list there are deals and leads of MaK's: whose a lead is, only a look says. A lead is said to be who its contact is. */
function leadsTold(
  { kind, id, leads = [] }: HeardChange,
  how: ReturnType<typeof urgencyOf>,
): readonly ToldRecord[] {
  if (kind === 'leads') return [{ entity: 'office_lead', remoteId: id, ...how }];
  // The second of a contact says nothing of its leads.
  const { stamp: _stamp, ...rest } = how;
  return leads.map((remoteId) => ({ entity: 'office_lead', remoteId, ...rest }));
}

/** Tasks and notes that hang on something else than a lead are none of ours. */
function isOfLeads({ kind, about }: HeardChange): boolean {
  return (kind !== 'tasks' && kind !== 'notes') || about === null || about.kind === 'leads';
}

/** What MaK does. */
const OWN_ACTIONS: readonly HeardAction[] = ['add', 'update', 'status', 'responsible'];

/** Robots write as nobody; so do people now and then, and wait those seconds. */
function urgencyOf(
  { kind, action, authorId, modifiedAt }: HeardChange,
  { userId }: Door,
): Pick<ToldRecord, 'urgency' | 'pause' | 'stamp'> {
  const isKnown = authorId !== null && authorId !== '0';
  if (isKnown && authorId !== userId) return { urgency: 'person', pause: 0 };
  const told = { urgency: 'system', pause: ECHO } as const;
  // Of a note it is told when it was made, not when it was changed.
  const isOwn = isKnown && kind !== 'notes' && OWN_ACTIONS.includes(action);
  return isOwn && modifiedAt !== null ? { ...told, stamp: stampOf(modifiedAt) } : told;
}

function harmless(name: string): string {
  return name.replaceAll(/[^\w. ]/g, '?');
}
