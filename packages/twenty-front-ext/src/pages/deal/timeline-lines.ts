import { memberOf } from '../../app/data/member-of.ts';
import type { DealTimelineQuery } from '../../generated/graphql.ts';

export type TimelineNode = DealTimelineQuery['deal']['timeline']['nodes'][number];

/** Groups of kinds that people filter by; null: all. */
export const TIMELINE_FILTERS = {
  all: null,
  events: ['event'],
  canonical: ['canonical'],
  stages: ['stage', 'gate', 'migration', 'merge'],
  sla: ['sla_opened', 'sla_closed', 'sla_breached'],
  notes: ['note'],
} as const satisfies Record<string, readonly string[] | null>;
export type TimelineFilter = keyof typeof TIMELINE_FILTERS;

/** A text of a line's detail; null when there is none. */
export function textIn(detail: unknown, name: string): string | null {
  const value = memberOf(detail, name);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/** Members of an event's data as text, for people who want to see what was sent. */
export function dataLines(detail: unknown): readonly (readonly [string, string])[] {
  const data = memberOf(detail, 'data');
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
}
