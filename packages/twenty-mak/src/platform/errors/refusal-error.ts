import type { Refusal } from 'twenty-mak-domain';

/**
 * A refusal on its way out of a use case: rules return refusals as values, the edge throws this one error and
 * translates it into RFC 9457 problem details or a GraphQL error with the same code.
 */
export class RefusalError extends Error {
  readonly refusal: Refusal;
  /** HTTP status, e.g. 409 for a stale version. */
  readonly status: number;
  /** Further members of the answer, e.g. both values of a conflict. */
  readonly detail: Readonly<Record<string, unknown>>;

  constructor(refusal: Refusal, status = 422, detail: Readonly<Record<string, unknown>> = {}) {
    super(refusal.reason);
    this.name = 'RefusalError';
    this.refusal = refusal;
    this.status = status;
    this.detail = detail;
  }

  /** What GraphQL tells of it where no formatter is asked, as in subscriptions. */
  get extensions(): Readonly<Record<string, unknown>> {
    return { ...this.detail, ...this.refusal, status: this.status };
  }
}

export function notFound(what: string): RefusalError {
  return new RefusalError(
    { code: 'not_found', reason: `There is no such ${what}, or you may not see it.` },
    404,
  );
}

export function forbidden(reason: string): RefusalError {
  return new RefusalError({ code: 'forbidden', reason }, 403);
}

export function unauthenticated(
  reason = 'Sign in, or send an API key as a bearer token.',
): RefusalError {
  return new RefusalError({ code: 'unauthenticated', reason }, 401);
}

/** Somebody else changed the record since it was read. */
export function staleVersion(current: unknown, sent: unknown): RefusalError {
  return new RefusalError(
    {
      code: 'stale_version',
      reason:
        'Somebody changed this in the meantime. Compare both values, then send your change with the current version.',
      field: 'version',
    },
    409,
    { current, sent },
  );
}
