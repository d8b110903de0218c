import { memberOf } from '../../../app/data/member-of.ts';
import type { Problem } from '../../../app/data/problem.ts';
import type { ProblemLike } from '../../../ui/states/problem-text.ts';

/** What the server says about the value at a path, e.g. `settings.people.0.mak`; null when it says nothing. */
export function problemAt(problem: Problem | null, path: string): ProblemLike | null {
  if (problem === null) return null;
  const { errors } = problem.details;
  for (const one of Array.isArray(errors) ? errors : []) {
    const [field, reason] = [memberOf(one, 'field'), memberOf(one, 'reason')];
    if (typeof field === 'string' && typeof reason === 'string' && isAt(field, path))
      return { code: problem.code, reason };
  }
  return problem.field !== null && isAt(problem.field, path) ? problem : null;
}

function isAt(field: string, path: string): boolean {
  return field === path || field.startsWith(`${path}.`);
}
