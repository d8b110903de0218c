import type { z } from 'zod';
import { RefusalError } from '../errors/index.ts';

/** How many problems one answer lists; a wrong body of 500 events has thousands. */
const MAX_PROBLEMS = 20;

/**
 * Reads outside input by a zod schema.
 * Throws a RefusalError (422 `invalid_request`) that names the first field at fault and lists up to 20 in `errors`.
 */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.slice(0, MAX_PROBLEMS).map(problemOf);
  const [first] = errors;
  const field = first?.field;
  const reason = first === undefined ? 'The request is not valid.' : sentence(first);
  throw new RefusalError(
    field === undefined || field === ''
      ? { code: 'invalid_request', reason }
      : { code: 'invalid_request', reason, field },
    422,
    { errors },
  );
}

interface FieldProblem {
  /** Path such as `events.3.occurred_at`; empty for the value itself. */
  readonly field: string;
  readonly reason: string;
}

function problemOf(issue: z.core.$ZodIssue): FieldProblem {
  const path = issue.path.map(String);
  // zod names the object that holds unknown keys; people look for the key.
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    return { field: [...path, key].join('.'), reason: 'is not known here' };
  }
  return { field: path.join('.'), reason: issue.message };
}

function sentence({ field, reason }: FieldProblem): string {
  return field === '' ? `The request is not valid: ${reason}.` : `${field}: ${reason}.`;
}
