import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import type { Fingerprint, Json } from 'twenty-mak-domain';

/**
 * Digests of values, the same whatever the order of their members. They say nothing to who does not have the
 * installation's secret: a telephone number would be guessed from a plain digest within minutes.
 */
export function secretFingerprint(secret: string, tenantId: string): Fingerprint {
  // A key object: of bytes Node makes a key anew for every digest, which takes ten times as long as the digest.
  const key = createSecretKey(
    Buffer.from(hkdfSync('sha256', secret, tenantId, 'mak/sync-fingerprints/1', 32)),
  );
  return (value) =>
    createHmac('sha256', key).update(canonical(value)).digest('base64url').slice(0, 22);
}

function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((one: Json) => canonical(one)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return `{${members.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(',')}}`;
}
