/**
 * A refusal is a value: a stable code for programs, a plain reason for people, and the field at fault.
 * The server translates it at its edge into a GraphQL error or an RFC 9457 problem.
 */
export interface Refusal {
  /** Stable, lower snake case, never reused with another meaning. */
  readonly code: string;
  /** One English sentence that says what is wrong and what to do. */
  readonly reason: string;
  /** Path of the value at fault, e.g. `events.3.sets` or `occurred_at`. */
  readonly field?: string;
  /** Where in the text at `field` the fault is, for editors. */
  readonly range?: TextRange;
}

/** Characters from `start` up to `end`, which is not included. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export type Decision<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal };

export function accept<T>(value: T): Decision<T> {
  return { ok: true, value };
}

export function refuse(code: string, reason: string, field?: string): Decision<never> {
  return { ok: false, refusal: field === undefined ? { code, reason } : { code, reason, field } };
}
