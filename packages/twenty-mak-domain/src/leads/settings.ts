import { accept, refuse } from '../basics/index.ts';
import type { Decision } from '../basics/index.ts';
import { isKey, isLine } from '../pipelines/names.ts';

/**
 * What a status means to the rules. Statuses are the tenant's, kinds are fixed: auction, conversion and reports look at
 * the kind only.
 */
export const LEAD_KINDS = [
  'new',
  'working',
  'auction',
  'sold',
  'unsold',
  'returned',
  'converted',
  'rejected',
] as const;
export type LeadKind = (typeof LEAD_KINDS)[number];

export interface LeadStatus {
  readonly key: string;
  readonly title: string;
  readonly kind: LeadKind;
  /** Sources whose leads begin here; of kind `new` only. Leads of other sources begin in the first status of that kind. */
  readonly entryFor?: readonly string[];
  /** Who moves a lead here has to say why. */
  readonly reasonNeeded?: boolean;
}

/** A value that people choose: a source, or a way of handling. */
export interface LeadChoice {
  readonly key: string;
  readonly title: string;
}

/** The tenant's own words, in the order in which people see them. The first status of a kind is where the rules put a lead. */
export interface LeadSettings {
  readonly statuses: readonly LeadStatus[];
  readonly sources: readonly LeadChoice[];
  readonly handlings: readonly LeadChoice[];
}

export const DEFAULT_LEAD_SETTINGS: LeadSettings = {
  statuses: [
    { key: 'new', title: 'New', kind: 'new' },
    { key: 'from_partner', title: 'From partner', kind: 'new', entryFor: ['partner'] },
    { key: 'in_work', title: 'In work', kind: 'working' },
    { key: 'on_auction', title: 'On auction', kind: 'auction' },
    { key: 'sold', title: 'Sold', kind: 'sold' },
    { key: 'unsold', title: 'Unsold', kind: 'unsold' },
    { key: 'returned', title: 'Returned', kind: 'returned' },
    { key: 'converted', title: 'Converted', kind: 'converted' },
    { key: 'rejected', title: 'Rejected', kind: 'rejected', reasonNeeded: true },
  ],
  sources: [
    { key: 'partner', title: 'Partner' },
    { key: 'lead_generation', title: 'Lead generation' },
    { key: 'cold_base', title: 'Cold base' },
    { key: 'external', title: 'External' },
    { key: 'bought_base', title: 'Bought base' },
  ],
  handlings: [
    { key: 'call', title: 'Call' },
    { key: 'message', title: 'Message' },
    { key: 'meeting', title: 'Meeting' },
    { key: 'auction', title: 'Auction' },
  ],
};

/** Most statuses, sources or ways of handling. */
export const MAX_LEAD_CHOICES = 50;

/**
 * Checks settings of a tenant. Refuses with the entry at fault: `too_many`, `key_invalid`, `key_twice`,
 * `title_invalid`, `title_twice`, `kind_missing`, `entry_not_new`, `unknown_source`, `entry_twice`.
 */
export function checkLeadSettings(settings: LeadSettings): Decision<LeadSettings> {
  for (const name of ['statuses', 'sources', 'handlings'] as const) {
    const checked = checkChoices(settings[name], name);
    if (!checked.ok) return checked;
  }
  const missing = LEAD_KINDS.find((kind) => !settings.statuses.some((one) => one.kind === kind));
  if (missing !== undefined)
    return refuse(
      'kind_missing',
      `A status of the kind ${missing} is needed: leads come there without anybody choosing it.`,
      'statuses',
    );
  const entries = checkEntries(settings);
  return entries.ok ? accept(settings) : entries;
}

/**
 * Checks a change of settings; `inUse` are the statuses, sources and ways of handling that leads have. Refuses what
 * `checkLeadSettings` refuses, and `choice_in_use` or `kind_in_use` when leads would lose what they have.
 */
export function changeLeadSettings(
  before: LeadSettings,
  after: LeadSettings,
  inUse: Readonly<Record<keyof LeadSettings, ReadonlySet<string>>>,
): Decision<LeadSettings> {
  const checked = checkLeadSettings(after);
  if (!checked.ok) return checked;
  for (const name of ['statuses', 'sources', 'handlings'] as const) {
    const kept = new Set(after[name].map(({ key }) => key));
    const lost = before[name].find(({ key }) => inUse[name].has(key) && !kept.has(key));
    if (lost !== undefined)
      return refuse(
        'choice_in_use',
        `Leads have ${lost.key}. Give them another one first.`,
        `${name}.${lost.key}`,
      );
  }
  for (const { key, kind } of before.statuses) {
    const now = statusOf(after, key);
    if (now !== null && now.kind !== kind && inUse.statuses.has(key))
      return refuse(
        'kind_in_use',
        `Leads are in ${key}, so it stays of the kind ${kind}. Add another status instead.`,
        `statuses.${key}.kind`,
      );
  }
  return checked;
}

/** The status of this key; null when the tenant has none. */
export function statusOf({ statuses }: LeadSettings, key: string): LeadStatus | null {
  return statuses.find((status) => status.key === key) ?? null;
}

/** Where the rules put a lead that becomes of this kind. Throws for settings that `checkLeadSettings` has not seen. */
export function firstOfKind({ statuses }: LeadSettings, kind: LeadKind): LeadStatus {
  const found = statuses.find((status) => status.kind === kind);
  if (found === undefined) throw new RangeError(`the settings have no status of kind ${kind}`);
  return found;
}

/** Where a lead of this source begins. */
export function entryStatus(settings: LeadSettings, source: string): LeadStatus {
  const own = settings.statuses.find(({ entryFor }) => entryFor?.includes(source));
  if (own !== undefined) return own;
  const general = settings.statuses.find(
    ({ kind, entryFor }) => kind === 'new' && entryFor === undefined,
  );
  return general ?? firstOfKind(settings, 'new');
}

/** Refuses with `too_many`, `key_invalid`, `key_twice`, `title_invalid` or `title_twice`. */
export function checkChoices(
  choices: readonly LeadChoice[],
  list: string,
  most = MAX_LEAD_CHOICES,
): Decision<null> {
  if (choices.length > most) return refuse('too_many', `At most ${most} are allowed here.`, list);
  const keys = new Set<string>();
  const titles = new Set<string>();
  for (const [index, { key, title }] of choices.entries()) {
    const at = `${list}.${index}`;
    if (!isKey(key))
      return refuse(
        'key_invalid',
        'A key begins with a letter and has at most 64 letters, digits, - and _.',
        `${at}.key`,
      );
    if (keys.has(key))
      return refuse('key_twice', `${key} is there already; choose another key.`, `${at}.key`);
    if (!isLine(title))
      return refuse(
        'title_invalid',
        'A title has 1 to 200 printable characters, without spaces at its ends.',
        `${at}.title`,
      );
    const spoken = title.toLowerCase();
    if (titles.has(spoken))
      return refuse(
        'title_twice',
        `${title} is there already; nobody could tell them apart.`,
        `${at}.title`,
      );
    keys.add(key);
    titles.add(spoken);
  }
  return accept(null);
}

function checkEntries({ statuses, sources }: LeadSettings): Decision<null> {
  const known = new Set(sources.map(({ key }) => key));
  const taken = new Set<string>();
  for (const [index, { key, kind, entryFor = [] }] of statuses.entries()) {
    const at = `statuses.${index}.entryFor`;
    if (entryFor.length > 0 && kind !== 'new')
      return refuse(
        'entry_not_new',
        `Leads begin in a status of the kind new, and ${key} is ${kind}.`,
        at,
      );
    for (const source of entryFor) {
      if (!known.has(source)) return refuse('unknown_source', `There is no source ${source}.`, at);
      if (taken.has(source))
        return refuse('entry_twice', `Leads of ${source} begin in another status already.`, at);
      taken.add(source);
    }
  }
  return accept(null);
}
