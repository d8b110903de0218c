import { Inject, Injectable } from '@nestjs/common';
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  randomBytes,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { CONFIG } from '../config/config.module.ts';
import type { Config } from '../config/config.ts';

const ALGORITHM = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;

/**
 * Keeps secrets that must be read again: AES-256-GCM with a key for each purpose, derived from MAK_SECRET_KEY. What
 * is sealed can be opened only for the same purpose and owner, so a row that was copied elsewhere opens nothing.
 */
@Injectable()
export class SecretBox {
  private readonly keys = new Map<string, KeyObject>();

  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'MAK_SECRET_KEY'>) {}

  /** Nonce, cipher text and tag in one. `owner` is e.g. the id of the row that holds it. */
  seal(purpose: string, owner: string, secret: string): Buffer {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv(ALGORITHM, this.key(purpose), nonce, { authTagLength: TAG });
    cipher.setAAD(Buffer.from(owner));
    return Buffer.concat([
      nonce,
      cipher.update(secret, 'utf8'),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
  }

  /** Throws when it was sealed by another key, for another purpose or owner, or was changed. */
  open(purpose: string, owner: string, sealed: Buffer): string {
    const decipher = createDecipheriv(ALGORITHM, this.key(purpose), sealed.subarray(0, NONCE), {
      authTagLength: TAG,
    });
    decipher.setAAD(Buffer.from(owner));
    decipher.setAuthTag(sealed.subarray(-TAG));
    return (
      decipher.update(sealed.subarray(NONCE, -TAG), undefined, 'utf8') + decipher.final('utf8')
    );
  }

  private key(purpose: string): KeyObject {
    const known = this.keys.get(purpose);
    if (known !== undefined) return known;
    const derived = hkdfSync('sha256', this.config.MAK_SECRET_KEY, 'mak', `mak ${purpose}`, 32);
    const key = createSecretKey(Buffer.from(derived));
    this.keys.set(purpose, key);
    return key;
  }
}
