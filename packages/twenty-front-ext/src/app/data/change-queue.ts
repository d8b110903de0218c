/** Deals that have changed; null when it is not known which, so that everything shown is to be read again. */
export type Changed = readonly string[] | null;

export type Reader = (changed: Changed) => void | Promise<void>;

interface Waiting {
  readonly ids: Set<string> | null;
  readonly read: PromiseWithResolvers<void>;
}

/**
 * Hands changes over one after another. What comes while a reader is busy, or not ready, gathers until it can be read: an
 * answer that is on its way may be older than the change, so nothing that is heard meanwhile may count as known.
 */
export class ChangeQueue {
  private reader: Reader = () => undefined;
  private ready = false;
  private busy = false;
  private waiting: Waiting | null = null;

  /** From now on it is this one that reads. */
  readBy(reader: Reader): void {
    this.reader = reader;
  }

  /** Resolves when the change has been read, and rejects with what the reader failed with. */
  add(changed: Changed): Promise<void> {
    const ids = this.waiting?.ids;
    this.waiting = {
      ids: changed === null || ids === null ? null : new Set([...(ids ?? []), ...changed]),
      read: this.waiting?.read ?? Promise.withResolvers<void>(),
    };
    const { promise } = this.waiting.read;
    this.next();
    return promise;
  }

  /** Not ready: what is shown is being read as a whole. */
  setReady(ready: boolean): void {
    this.ready = ready;
    this.next();
  }

  private next(): void {
    if (!this.ready || this.busy || this.waiting === null) return;
    const { ids, read } = this.waiting;
    this.waiting = null;
    this.busy = true;
    Promise.resolve()
      .then(() => this.reader(ids === null ? null : [...ids]))
      .then(read.resolve, read.reject)
      .finally(() => {
        this.busy = false;
        this.next();
      });
  }
}
