import type { DomainEvent, Instant } from 'twenty-mak-domain';

/** Events that change no deal and are counted all the same. */
export const MEASURE_TYPES = ['kpi.reported', 'nps.answered'] as const;

export type MeasureEvent = Pick<DomainEvent, 'type' | 'occurredAt' | 'data'>;

export type Measure =
  | {
      readonly figure: 'kpi';
      readonly at: Instant;
      readonly name: string;
      readonly currency: string;
      readonly value: number;
    }
  | { readonly figure: 'nps'; readonly at: Instant; readonly score: number };

/** Numbers of a report that say when or whose, not how much. The views of the facts leave out the same. */
const NO_FIGURES = new Set(['day', 'week', 'month', 'quarter', 'year', 'contact', 'contacts']);

export function isMeasure({ type }: Pick<DomainEvent, 'type'>): boolean {
  return type === 'kpi.reported' || type === 'nps.answered';
}

/** What the event says, as `fact_kpi` and `fact_nps` read it: an answer counts if its score is one of 0 to 10. */
export function measuresOf({ type, occurredAt: at, data }: MeasureEvent): Measure[] {
  if (type === 'kpi.reported') {
    const currency = typeof data['currency'] === 'string' ? data['currency'] : '';
    return Object.entries(data).flatMap(([name, value]) =>
      typeof value === 'number' && !NO_FIGURES.has(name)
        ? [{ figure: 'kpi', at, name, currency, value }]
        : [],
    );
  }
  const { score } = data;
  const counts =
    type === 'nps.answered' && typeof score === 'number' && /^([0-9]|10)$/.test(String(score));
  return counts ? [{ figure: 'nps', at, score }] : [];
}
