import type { Instant } from '../basics/index.ts';
import { SECOND } from '../basics/index.ts';

/** What a system takes: so many calls at once, and so many a second in the long run. */
export interface Budget {
  readonly burst: number;
  readonly perSecond: number;
}

/** Tokens that were left at an instant. */
export interface Bucket {
  readonly level: number;
  readonly at: Instant;
}

export interface Taken {
  readonly bucket: Bucket;
  /** Milliseconds until a token is there; 0 when one was taken. */
  readonly wait: number;
}

/** A bucket that nobody knows of is a spent one: a lost bucket must not make calls faster. */
export function spentBucket(at: Instant): Bucket {
  return { level: 0, at };
}

/** Takes a token if there is one. A clock that goes back adds nothing. */
export function takeToken({ burst, perSecond }: Budget, bucket: Bucket, now: Instant): Taken {
  const at = Math.max(now, bucket.at);
  const level = Math.min(burst, bucket.level + ((at - bucket.at) / SECOND) * perSecond);
  if (level >= 1) return { bucket: { level: level - 1, at }, wait: 0 };
  return { bucket: { level, at }, wait: Math.ceil(((1 - level) / perSecond) * SECOND) };
}
