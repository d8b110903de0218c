import { createHash } from 'node:crypto';

/**
 * The version of a remote record, for systems that have none or whose clock counts whole seconds, in which much can happen: it
 * differs after every change of what is looked at.
 */
export function versionOf(updatedAt: number, looked: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(looked)).digest('base64url');
  return `${stampOf(updatedAt)}${hash.slice(0, 16)}`;
}

/** What all versions of a moment begin with. */
export function stampOf(updatedAt: number): string {
  return `${updatedAt}.`;
}
