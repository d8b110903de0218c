import { AsyncLocalStorage } from 'node:async_hooks';
import { hash } from 'node:crypto';
import { newId } from '../ids/index.ts';

interface Request {
  /** Identifies the sender and the key. */
  readonly seed: string;
  made: number;
}

const storage = new AsyncLocalStorage<Request>();

/** Runs a request whose ids follow from `seed`. */
export function withCreationIds<T>(seed: string, work: () => T): T {
  return storage.run({ seed, made: 0 }, work);
}

/** A new id: in a request with an Idempotency-Key the same at every repeat, else a UUIDv7. */
export function creationId(): string {
  const request = storage.getStore();
  if (request === undefined) return newId();
  request.made += 1;
  return idFrom(request.seed, request.made);
}

/** The n-th id that follows from a seed: a UUID of version 8 (RFC 9562). */
export function idFrom(seed: string, number: number): string {
  const hex = hash('sha256', `${number}:${seed}`, 'hex');
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}
