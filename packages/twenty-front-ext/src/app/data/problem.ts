import { CombinedGraphQLErrors } from '@apollo/client';

/** Why a request did not succeed, in the server's stable codes (docs/integrators) or one of ours. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: string;
  /** The server's plain English reason. */
  readonly reason: string;
  readonly field: string | null;
  readonly status: number;
  /** Everything else the server said, e.g. both values of an edit conflict. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    reason: string,
    rest: Partial<Pick<Problem, 'field' | 'status' | 'details'>> = {},
  ) {
    super(`${code}: ${reason}`);
    this.code = code;
    this.reason = reason;
    this.field = rest.field ?? null;
    this.status = rest.status ?? 0;
    this.details = rest.details ?? {};
  }
}

/** Problem details (RFC 9457) of REST, or the extensions of a GraphQL error, which are the same. */
export function readProblem(raw: unknown, fallback: string, status = 0): Problem {
  if (typeof raw !== 'object' || raw === null) return new Problem('unknown', fallback, { status });
  const details = { ...raw } as Record<string, unknown>;
  const text = (key: string): string | null => {
    const value = details[key];
    return typeof value === 'string' ? value : null;
  };
  return new Problem(text('code') ?? 'unknown', text('title') ?? fallback, {
    field: text('field'),
    status: typeof details['status'] === 'number' ? details['status'] : status,
    details,
  });
}

/** Turns whatever a query, a mutation or `request` threw into a Problem. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (CombinedGraphQLErrors.is(error)) {
    const [first] = error.errors;
    return readProblem(first?.extensions, first?.message ?? error.message);
  }
  if (error instanceof TypeError) return new Problem('offline', error.message);
  return new Problem('unknown', error instanceof Error ? error.message : String(error));
}

/** Codes that speak of who asks, not of what is asked for: the session has ended or the account is another one now. */
const OF_SESSION = new Set(['unauthenticated', 'tenant_needed', 'totp_required']);

export function refusesSession({ code }: Problem): boolean {
  return OF_SESSION.has(code);
}
