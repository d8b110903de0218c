import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const PREFIX = 'whsec_';

/** A new signing secret: 256 random bits, written as the Standard Webhooks libraries read it. */
export function newSecret(): string {
  return PREFIX + randomBytes(32).toString('base64');
}

export interface SignedMessage {
  readonly id: string;
  /** Milliseconds; whole seconds are sent. */
  readonly sentAt: number;
  readonly body: string;
}

/** Headers of the Standard Webhooks specification, one signature for each secret that is valid now. */
export function signatureHeaders(
  secrets: readonly string[],
  { id, sentAt, body }: SignedMessage,
): Record<string, string> {
  const timestamp = Math.floor(sentAt / 1_000).toString();
  const signatures = secrets.map(
    (secret) => `v1,${sign(secret, id, timestamp, Buffer.from(body)).toString('base64')}`,
  );
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}

/** Headers of a message that came, by their names without `webhook-`. */
export interface ReceivedHeaders {
  readonly id: string | undefined;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
}

/** How old a message may be, or how far the sender's clock may be ahead, in milliseconds. */
export const REPLAY_WINDOW = 300_000;

/** Whether the owner of the secret has sent this body, not longer ago than messages may be repeated. `now` in milliseconds. */
export function isSigned(
  body: Buffer,
  { id = '', timestamp = '', signature = '' }: ReceivedHeaders,
  secret: string,
  now: number,
): boolean {
  const isTimely =
    /^\d{1,12}$/.test(timestamp) && Math.abs(now - Number(timestamp) * 1_000) <= REPLAY_WINDOW;
  const expected = sign(secret, id, timestamp, body);
  const isGiven = signature.split(' ').some((one) => {
    const given = Buffer.from(one.startsWith('v1,') ? one.slice(3) : '', 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  return isTimely && id !== '' && isGiven;
}

function sign(secret: string, id: string, timestamp: string, body: Buffer): Buffer {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
}
