import type { Versioned } from '../../app/data/save-versioned.ts';

/** An answer to one question of a score card; empty: not known. */
export type Grade = '' | '0' | '1' | '2';

/** The answers on one card, by criterion. Version 0: nobody has answered it yet. */
export type Graded = Versioned & Readonly<Record<string, Grade | number | undefined>>;

interface Answers {
  readonly answers: unknown;
  readonly version: number;
}

export function gradesOf(criteria: readonly string[], answered: Answers | null = null): Graded {
  const answers = { ...(typeof answered?.answers === 'object' ? answered.answers : null) };
  const known = new Map<string, unknown>(Object.entries(answers));
  const grades: Record<string, Grade> = {};
  for (const criterion of criteria) grades[criterion] = gradeText(known.get(criterion));
  return { ...grades, version: answered?.version ?? 0 };
}

/** As the server takes them: what is not known is left out. */
export function answersOf(criteria: readonly string[], grades: Graded): Record<string, number> {
  const known = criteria.filter((criterion) => gradeText(grades[criterion]) !== '');
  return Object.fromEntries(known.map((criterion) => [criterion, Number(grades[criterion])]));
}

export function gradeText(grade: unknown): Grade {
  const text = typeof grade === 'number' ? String(grade) : grade;
  return text === '0' || text === '1' || text === '2' ? text : '';
}
