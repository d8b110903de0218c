import { RefusalError } from '../errors/index.ts';

/** 429; `retryAfter` in whole seconds also goes into the header of that name. */
export function tooManyRequests(waitMs: number): RefusalError {
  const retryAfter = Math.max(1, Math.ceil(waitMs / 1_000));
  return new RefusalError(
    {
      code: 'too_many_requests',
      reason: `Too many requests. Wait ${retryAfter} s, then send it again.`,
    },
    429,
    { retry_after: retryAfter },
  );
}
