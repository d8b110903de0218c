import { createHash } from 'node:crypto';

/** Differs after every change of what we look at: amoCRM's clock counts whole seconds, in which much can happen. */
export function versionOf(updatedAt: number, looked: readonly unknown[]): string {
  const hash = createHash('sha256').update(JSON.stringify(looked)).digest('base64url');
  return `${stampOf(updatedAt)}${hash.slice(0, 16)}`;
}

/** What all versions of a second begin with. */
export function stampOf(updatedAt: number): string {
  return `${updatedAt}.`;
}
