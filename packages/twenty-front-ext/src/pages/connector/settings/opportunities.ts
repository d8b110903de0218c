import { memberOf } from '../../../app/data/member-of.ts';
import { dayAt, dayBegins } from '../../../ui/format/day.ts';

/** The kind of records that is kept equal when a pipeline is chosen for it, and only then. */
export const OPPORTUNITY = 'opportunity';

/** Which opportunities of twenty become deals, as it is typed. */
export interface OpportunityValues {
  /** Id of the pipeline that the deals are of; empty: there are none. */
  readonly pipeline: string;
  /** Day of the tenant since which they must have been made there; empty: all become deals. */
  readonly since: string;
}

export function opportunitiesOf(settings: unknown, timeZone: string): OpportunityValues {
  const { pipeline, since } = storedIn(settings);
  return { pipeline, since: dayOf(since, timeZone) };
}

/** What is sent; an instant that was set by the API stays as long as nobody chooses another day. */
export function opportunitySettings(
  settings: unknown,
  { pipeline, since: day }: OpportunityValues,
  timeZone: string,
): { readonly pipeline: string; readonly since?: string } | null {
  if (pipeline === '') return null;
  if (day === '') return { pipeline };
  const { since } = storedIn(settings);
  return { pipeline, since: dayOf(since, timeZone) === day ? since : dayBegins(day, timeZone) };
}

/** Opportunities that were left alone may become deals now. */
export function takesOlder(before: OpportunityValues, now: OpportunityValues): boolean {
  if (before.pipeline === '' || now.pipeline === '') return false;
  return before.since !== '' && now.since < before.since;
}

function storedIn(settings: unknown): OpportunityValues {
  const stored = memberOf(settings, 'opportunities');
  const [pipeline, since] = ['pipeline', 'since'].map((name) => memberOf(stored, name));
  return {
    pipeline: typeof pipeline === 'string' ? pipeline : '',
    since: typeof since === 'string' ? since : '',
  };
}

function dayOf(instant: string, timeZone: string): string {
  return instant === '' ? '' : dayAt(Date.parse(instant), timeZone);
}
