import type { Dashboard } from './deal-links.ts';

/** One figure over the days on which it was reported. */
export interface Course {
  readonly key: string;
  readonly name: string;
  readonly currency: string | null;
  readonly total: number;
  readonly reports: number;
  readonly days: readonly { readonly day: string; readonly value: number }[];
}

/** The figures of all days, each by name and currency: money adds up within one currency only. */
export function coursesOf(kpi: Dashboard['kpi']): readonly Course[] {
  const courses = new Map<string, Course>();
  for (const { day, figures } of kpi)
    for (const { name, currency, total, reports } of figures) {
      const key = JSON.stringify([name, currency]);
      const before = courses.get(key) ?? { key, name, currency, total: 0, reports: 0, days: [] };
      courses.set(key, {
        ...before,
        total: before.total + total,
        reports: before.reports + reports,
        days: [...before.days, { day, value: total }],
      });
    }
  return [...courses.values()].toSorted((one, other) => (one.key < other.key ? -1 : 1));
}
