import { memberOf } from '../../../app/data/member-of.ts';
import type { LeadKind } from '../../../generated/graphql.ts';
import type { Option } from '../../../ui/form/select-field.tsx';

/** Leads with who they are, as connectors call the kind. */
export const OFFICE_LEAD = 'office_lead';

/** What a lead has that has no place of its own there. */
export const LEAD_PLACES = ['city', 'niche', 'source', 'handling'] as const;
export type LeadPlace = (typeof LEAD_PLACES)[number];

/** Which leads of amoCRM are leads here, as it is chosen. */
export interface LeadValues {
  /** Ids there; none: all leads are deals. */
  readonly pipelines: readonly string[];
  /** Key of the source of leads that come from there; empty: that of outer platforms. */
  readonly source: string;
  /** By status here the one there. */
  readonly statuses: Readonly<Record<string, string>>;
  /** Ids of custom fields there; empty: it stays here. */
  readonly fields: Readonly<Record<LeadPlace, string>>;
}

export function leadsOf(settings: unknown): LeadValues {
  const stored = memberOf(settings, 'leads');
  const list = (name: string): readonly unknown[] => {
    const value = memberOf(stored, name);
    return Array.isArray(value) ? value : [];
  };
  const text = (value: unknown): string =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const fields = memberOf(stored, 'fields');
  const place = (name: LeadPlace): string => text(memberOf(fields, name));
  return {
    pipelines: list('pipelines').map(text),
    source: text(memberOf(stored, 'source')),
    statuses: Object.fromEntries(
      list('statuses').map((one) => [text(memberOf(one, 'mak')), text(memberOf(one, 'amocrm'))]),
    ),
    fields: {
      ...{ city: place('city'), niche: place('niche') },
      ...{ source: place('source'), handling: place('handling') },
    },
  };
}

/** What is sent; statuses of pipelines that are not chosen any more are left out. */
export function leadSettings({ pipelines, source, statuses, fields }: LeadValues): object | null {
  if (pipelines.length === 0) return null;
  return {
    pipelines: pipelines.map(Number),
    source: source === '' ? null : source,
    statuses: Object.entries(statuses)
      .filter(([, amocrm]) => pipelines.includes(pipelineOf(amocrm)))
      .map(([mak, amocrm]) => ({ mak, amocrm })),
    fields: Object.fromEntries(
      LEAD_PLACES.map((name) => [name, fields[name] === '' ? null : Number(fields[name])]),
    ),
  };
}

interface OwnStatus {
  readonly key: string;
  readonly title: string;
  readonly kind: LeadKind;
}

/** By kind, the closed statuses of every pipeline there. */
const CLOSED: Readonly<Partial<Record<LeadKind, string>>> = { converted: '142', rejected: '143' };

/** Kinds into which people move a lead by hand. */
const REACHED: readonly LeadKind[] = ['new', 'working', 'rejected', 'converted'];

/**
 * In the order of the tenant's statuses, not in that in which they were chosen: of several that one status there shows, a move
 * into it means the first. Those that people may choose come before those that a lead only gets.
 */
export function inOrder(
  statuses: LeadValues['statuses'],
  own: readonly OwnStatus[],
): LeadValues['statuses'] {
  const order = [
    ...own.filter(({ kind }) => REACHED.includes(kind)),
    ...own.filter(({ kind }) => !REACHED.includes(kind)),
  ].map(({ key }) => key);
  const keys = new Set([...order, ...Object.keys(statuses)]);
  return Object.fromEntries(
    [...keys].flatMap((key) => (key in statuses ? [[key, statuses[key] ?? '']] : [])),
  );
}

/** For statuses here that nothing is chosen for, those there that are called the same, or that mean the same end. */
export function proposed(
  { pipelines, statuses }: LeadValues,
  own: readonly OwnStatus[],
  there: readonly Option[],
): LeadValues['statuses'] {
  const offered = there.filter(({ value }) => pipelines.includes(pipelineOf(value)));
  const found = own.flatMap(({ key, title, kind }): [string, string][] => {
    if ((statuses[key] ?? '') !== '') return [];
    const same = offered.find(({ label }) =>
      label.toLowerCase().endsWith(`: ${title.toLowerCase()}`),
    );
    const closed = CLOSED[kind];
    const end = offered.find(({ value }) => closed !== undefined && value.endsWith(`:${closed}`));
    const match = same ?? end;
    return match === undefined ? [] : [[key, match.value]];
  });
  return inOrder({ ...statuses, ...Object.fromEntries(found) }, own);
}

/** Statuses of the other system are named by pipeline and status. */
export function pipelineOf(status: string): string {
  return status.split(':')[0] ?? '';
}
