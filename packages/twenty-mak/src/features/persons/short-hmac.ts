import { hash } from 'node:crypto';

/** Bytes of a block of SHA-256. */
const BLOCK = 64;
const [INNER, OUTER] = [0x36, 0x5c];

/**
 * HMAC-SHA-256 (RFC 2104) of short texts with one key of at most a block. `createHmac` gives the same and makes objects for each
 * text, which takes longer than both digests.
 */
export class ShortHmac {
  private readonly inner: Buffer;
  private readonly outer: Buffer;

  constructor(key: Uint8Array) {
    const mixed = (byte: number): Buffer =>
      Buffer.from({ length: BLOCK }, (_, index) => (key[index] ?? 0) ^ byte);
    [this.inner, this.outer] = [mixed(INNER), mixed(OUTER)];
  }

  digest(text: string, encoding: 'hex' | 'base64url'): string {
    const first = hash('sha256', Buffer.concat([this.inner, Buffer.from(text)]), 'buffer');
    return hash('sha256', Buffer.concat([this.outer, first]), encoding);
  }
}
