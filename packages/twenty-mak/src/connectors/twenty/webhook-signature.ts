import { createHmac, timingSafeEqual } from 'node:crypto';

/** Headers of a message, as they came. */
export interface WebhookHeaders {
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
}

/** How old a message may be, or how far twenty's clock may be ahead, in milliseconds. */
export const REPLAY_WINDOW = 300_000;

/**
 * Whether twenty has sent this body, not longer ago than messages may be repeated. `now` in milliseconds. It signs
 * `<timestamp>:<body>` with HMAC-SHA256, so the body has to be the one that came, byte by byte.
 */
export function isFromTwenty(
  body: Buffer,
  { timestamp = '', signature = '' }: WebhookHeaders,
  secret: string,
  now: number,
): boolean {
  if (!/^\d{1,16}$/.test(timestamp) || Math.abs(now - Number(timestamp)) > REPLAY_WINDOW)
    return false;
  const expected = createHmac('sha256', secret).update(`${timestamp}:`).update(body).digest();
  const given = Buffer.from(signature, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
