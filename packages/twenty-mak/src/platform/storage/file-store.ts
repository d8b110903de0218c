import { RefusalError } from '../errors/index.ts';

/** Seconds after which it is worth to try again. */
const RETRY_AFTER = 10;

/** A stored file as it lies on this machine while it is read. */
export interface LocalFile {
  readonly path: string;
  readonly size: number;
  /** Gives back what reading it took, e.g. a copy. */
  release(): Promise<void>;
}

/**
 * Where uploads and made documents are kept, under keys such as `tenant/lead-imports/id`. Api and worker have to see the same
 * place. A class, so that it can be injected; another kind of storage is another subclass.
 */
export abstract class FileStore {
  /** Where that is, for people who look after the machine; without secrets. */
  abstract readonly place: string;

  /**
   * Stores content as it arrives: afterwards it is there whole and durably, or not at all. Rejects with what `content` throws,
   * and with `storage_unavailable`, as all methods do, when it cannot be kept. The answer is its size.
   */
  abstract write(key: string, content: AsyncIterable<Uint8Array>): Promise<number>;

  /** Null when nothing is kept under the key. The caller releases it. */
  abstract open(key: string): Promise<LocalFile | null>;

  /** Forgets a file, and what an upload of it that was broken off has left; none is none. */
  abstract remove(key: string): Promise<void>;
}

/** What a caller learns when files cannot be kept or read; what an operator can do stands in the log. */
export function storageUnavailable(cause: unknown): RefusalError {
  const refusal = {
    code: 'storage_unavailable',
    reason:
      'Files cannot be stored or read at the moment. Nothing was changed; try again later, and if it stays, tell the operator.',
  };
  return Object.assign(new RefusalError(refusal, 503, { retry_after: RETRY_AFTER }), { cause });
}

const PART = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** The parts of a key. Throws a RangeError for one that could lead elsewhere. */
export function keyParts(key: string): readonly string[] {
  const parts = key.split('/');
  if (parts.length > 10 || !parts.every((part) => PART.test(part)))
    throw new RangeError(`${key} is no key of a file`);
  return parts;
}
