import { memberOf } from '../../app/data/member-of.ts';

/** One question of a saved filter. */
export interface Question {
  readonly field: string;
  readonly is?: readonly (string | true)[];
  readonly from?: number;
  readonly to?: number;
  readonly before?: number;
  readonly empty?: boolean;
}

/** Filters of a list, by the field that they ask for, as questions. Null, empty and false ask nothing. */
export function questionsOf(
  filters: Readonly<Record<string, string | boolean | null>>,
): readonly Question[] {
  return Object.entries(filters).flatMap(([field, value]) =>
    value === null || value === false || value === '' ? [] : [{ field, is: [value] }],
  );
}

/** The filter of a segment that asks what the chosen one asks, if there is one, and these questions too. */
export function filterWithin(chosen: unknown, questions: readonly Question[]): object {
  const all = memberOf(chosen, 'all');
  const before = Array.isArray(all) ? (all as unknown[]) : [chosen];
  return { all: [...(chosen === null ? [] : before), ...questions] };
}
