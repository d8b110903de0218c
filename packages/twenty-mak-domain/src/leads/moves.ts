import { accept, refuse } from '../basics/index.ts';
import type { Decision, Instant } from '../basics/index.ts';
import { isLine } from '../pipelines/names.ts';
import { entryStatus, firstOfKind, statusOf } from './settings.ts';
import type { LeadKind, LeadSettings, LeadStatus } from './settings.ts';

/** What moves a lead: somebody by hand, or a rule of the auction, of conversion or of returns. */
export type LeadMover = 'person' | 'auction' | 'conversion' | 'return';

/** One entry of the history of a lead. The last one says where the lead is. */
export interface StatusChange {
  readonly leadId: string;
  /** 1 for the entry, one more with each change, without gaps. */
  readonly number: number;
  /** Null at the entry. */
  readonly from: string | null;
  readonly to: string;
  /** Kind of `to` at that time: the history stays readable when the tenant drops a status. */
  readonly kind: LeadKind;
  readonly at: Instant;
  readonly by: LeadMover;
  readonly actorId: string | null;
  readonly reason: string | null;
}

/**
 * The last entry of a lead's own history. The number says which that is: the clock of a tenant may stand still or be set
 * back.
 */
export function lastChange(
  history: readonly StatusChange[],
  leadId: string,
): StatusChange | undefined {
  const own = history.filter((change) => change.leadId === leadId);
  return own.toSorted((left, right) => left.number - right.number).at(-1);
}

/** Why, when and by whom a lead is moved. */
export interface MoveContext {
  readonly at: Instant;
  readonly actorId: string | null;
  readonly reason?: string | null;
}

/**
 * Who moves leads from kind to kind. People never put a lead on auction, sell or convert it by naming a status: those
 * come with bids, money and a deal. Conversion is the end, but for one thing: who bought a lead may have it taken back.
 */
const MOVES: Readonly<Record<LeadKind, Readonly<Partial<Record<LeadKind, readonly LeadMover[]>>>>> =
  {
    new: {
      working: ['person'],
      rejected: ['person'],
      auction: ['auction'],
      converted: ['conversion'],
    },
    working: { rejected: ['person'], auction: ['auction'], converted: ['conversion'] },
    // A lot that is withdrawn gives its lead back to who works it.
    auction: { sold: ['auction'], unsold: ['auction'], working: ['auction'] },
    sold: { returned: ['return'], converted: ['conversion'] },
    // Unsold leads are offered again, or assigned in turn.
    unsold: {
      working: ['person', 'auction'],
      rejected: ['person'],
      auction: ['auction'],
      converted: ['conversion'],
    },
    returned: {
      working: ['person'],
      rejected: ['person'],
      auction: ['auction'],
      converted: ['conversion'],
    },
    converted: { returned: ['return'] },
    rejected: { new: ['person'], working: ['person'] },
  };

/** How a lead enters: in the status that a file gives it, else in that of its source. */
export function enterLead(
  settings: LeadSettings,
  leadId: string,
  { source, status = null }: { readonly source: string; readonly status?: string | null },
  { at, actorId, reason = null }: MoveContext,
): StatusChange {
  const given = status === null ? null : statusOf(settings, status);
  const { key: to, kind } = given ?? entryStatus(settings, source);
  return { leadId, number: 1, from: null, to, kind, at, by: 'person', actorId, reason };
}

/** Statuses that `mover` may move a lead to, in the order of the settings; never the one that it has. */
export function possibleStatuses(
  { statuses }: LeadSettings,
  last: StatusChange,
  mover: LeadMover,
): readonly LeadStatus[] {
  return statuses.filter(({ key, kind }) => key !== last.to && mayMove(last.kind, kind, mover));
}

/**
 * Moves a lead by hand. Null when it is there already. Refuses with `unknown_status`, `lead_converted`,
 * `move_not_possible`, `reason_missing` or `reason_invalid`.
 */
export function moveLead(
  settings: LeadSettings,
  last: StatusChange,
  to: string,
  context: MoveContext,
): Decision<StatusChange | null> {
  const status = statusOf(settings, to);
  if (status === null) return refuse('unknown_status', `There is no status ${to}.`, 'status');
  if (to === last.to) return accept(null);
  const possible = checkMove(settings, last, status.kind, 'person');
  if (!possible.ok) return possible;
  const { reason = null } = context;
  if (reason === null && status.reasonNeeded === true)
    return refuse('reason_missing', `Say why the lead becomes ${status.title}.`, 'reason');
  if (reason !== null && !isLine(reason))
    return refuse(
      'reason_invalid',
      'A reason has 1 to 200 printable characters, without spaces at its ends.',
      'reason',
    );
  return accept(next(last, status, 'person', context));
}

/**
 * Moves a lead as a rule says, into the first status of the kind. Null when it is of that kind already, so that a rule may
 * run twice. Refuses with `lead_converted` or `move_not_possible`.
 */
export function moveToKind(
  settings: LeadSettings,
  last: StatusChange,
  kind: LeadKind,
  by: Exclude<LeadMover, 'person'>,
  context: MoveContext,
): Decision<StatusChange | null> {
  if (kind === last.kind) return accept(null);
  const possible = checkMove(settings, last, kind, by);
  return possible.ok ? accept(next(last, firstOfKind(settings, kind), by, context)) : possible;
}

/** Within a kind people order their work as they like. */
function mayMove(from: LeadKind, to: LeadKind, mover: LeadMover): boolean {
  if (from === to) return mover === 'person' && from !== 'converted';
  return MOVES[from][to]?.includes(mover) ?? false;
}

function checkMove(
  settings: LeadSettings,
  last: StatusChange,
  kind: LeadKind,
  mover: LeadMover,
): Decision<null> {
  if (mayMove(last.kind, kind, mover)) return accept(null);
  if (last.kind === 'converted')
    return refuse('lead_converted', 'The lead is a deal now; work goes on there.', 'status');
  const titles = possibleStatuses(settings, last, mover).map(({ title }) => title);
  const instead =
    titles.length === 0 ? 'Its lot or its buyer decides.' : `Possible are: ${titles.join(', ')}.`;
  return refuse(
    'move_not_possible',
    `A lead that is ${last.kind} cannot become ${kind} so. ${instead}`,
    'status',
  );
}

function next(
  last: StatusChange,
  { key: to, kind }: LeadStatus,
  by: LeadMover,
  { at, actorId, reason = null }: MoveContext,
): StatusChange {
  const { leadId, number, to: from } = last;
  return { leadId, number: number + 1, from, to, kind, at, by, actorId, reason };
}
