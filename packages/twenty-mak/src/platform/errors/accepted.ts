import type { Decision } from 'twenty-mak-domain';
import { RefusalError } from './refusal-error.ts';

/** The value of a decision. Throws its refusal, with this status. */
export function accepted<Value>(decision: Decision<Value>, status = 422): Value {
  if (decision.ok) return decision.value;
  throw new RefusalError(decision.refusal, status);
}
