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
   * Stores content as it arrives: afterwards it is there whole and durably, or not at all. Rejects with what `content` throws.
   * The answer is its size.
   */
  abstract write(key: string, content: AsyncIterable<Uint8Array>): Promise<number>;

  /** Null when nothing is kept under the key. The caller releases it. */
  abstract open(key: string): Promise<LocalFile | null>;

  /** Forgets a file; none is none. */
  abstract remove(key: string): Promise<void>;
}

const PART = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** The parts of a key. Throws a RangeError for one that could lead elsewhere. */
export function keyParts(key: string): readonly string[] {
  const parts = key.split('/');
  if (parts.length > 10 || !parts.every((part) => PART.test(part)))
    throw new RangeError(`${key} is no key of a file`);
  return parts;
}
