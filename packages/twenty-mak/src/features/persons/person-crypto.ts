import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomFillSync,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';

const IV_LENGTH = 12;
const TAG_LENGTH = 16;
/** Keys of tenants that are kept in memory. */
const MAX_TENANTS = 1_000;

/** Made ready once: with plain bytes every use would do that again, which costs more than the use. */
interface TenantKeys {
  /** Wraps the keys of persons. */
  readonly wrapping: KeyObject;
  /** Turns identifiers into pseudonyms. */
  readonly naming: KeyObject;
  /** Turns values into digests that equal ones are found by. */
  readonly finding: KeyObject;
}

/** The keys of tenants, derived from the installation's secret, and what is done with them. */
export class PersonCrypto {
  private readonly tenants = new Map<string, TenantKeys>();

  constructor(private readonly secret: string) {}

  /** The pseudonym of an identifier: the same within a tenant, without meaning outside of it. */
  pseudonym(tenantId: string, identifier: string): string {
    return createHmac('sha256', this.keysOf(tenantId).naming)
      .update(identifier)
      .digest('base64url');
  }

  /**
   * A secret digest in the form of a UUID: the same for equal texts of a tenant, apart from pseudonyms. 128 bits are
   * enough to find equal ones by, and half of an index.
   */
  digest(tenantId: string, text: string): string {
    const hex = createHmac('sha256', this.keysOf(tenantId).finding).update(text).digest('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
  }

  /** A new random key of a person, and the same wrapped for storage. `keyId` binds both together. */
  newKey(tenantId: string, keyId: string): { key: KeyObject; wrapped: Buffer } {
    const bytes = random(32);
    const wrapped = encrypt(this.keysOf(tenantId).wrapping, keyId, bytes);
    return { key: createSecretKey(bytes), wrapped };
  }

  /** Throws when the wrapped key was made with another secret, for another tenant or under another id. */
  unwrap(tenantId: string, keyId: string, wrapped: Buffer): KeyObject {
    return createSecretKey(decrypt(this.keysOf(tenantId).wrapping, keyId, wrapped));
  }

  private keysOf(tenantId: string): TenantKeys {
    const known = this.tenants.get(tenantId);
    if (known !== undefined) return known;
    const derive = (purpose: string): KeyObject =>
      createSecretKey(
        Buffer.from(hkdfSync('sha256', this.secret, tenantId, `mak/${purpose}/1`, 32)),
      );
    const keys = {
      wrapping: derive('person-keys'),
      naming: derive('person-names'),
      finding: derive('finding'),
    };
    if (this.tenants.size >= MAX_TENANTS) this.tenants.clear();
    this.tenants.set(tenantId, keys);
    return keys;
  }
}

const pool = Buffer.alloc(4_096);
let used = pool.length;

/** Random bytes. They are fetched for many at a time: to fetch a few costs as much, and a file has a million people. */
function random(length: number): Buffer {
  if (used + length > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const own = pool.subarray(used, used + length);
  const bytes = Buffer.from(own);
  // Nothing is given out twice, and no key stays here.
  own.fill(0);
  used += length;
  return bytes;
}

/** AES-256-GCM with a random initialisation vector. `about` is authenticated, not stored. */
export function encrypt(key: KeyObject, about: string, plain: Buffer): Buffer {
  const iv = random(IV_LENGTH);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(about));
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Reverses `encrypt`. Throws when key, `about` or a single bit is another one. */
export function decrypt(key: KeyObject, about: string, box: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, IV_LENGTH), {
    authTagLength: TAG_LENGTH,
  })
    .setAAD(Buffer.from(about))
    .setAuthTag(box.subarray(-TAG_LENGTH));
  return Buffer.concat([decipher.update(box.subarray(IV_LENGTH, -TAG_LENGTH)), decipher.final()]);
}
