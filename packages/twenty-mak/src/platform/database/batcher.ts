interface Waiting<Item, Answer> {
  readonly items: readonly Item[];
  readonly resolve: (answers: Answer[]) => void;
  readonly reject: (error: unknown) => void;
}

/** Writes one batch and calls `sent` when all that is left is to wait for its commit. */
type Write<Item, Answer> = (
  key: string,
  items: readonly Item[],
  sent: () => void,
) => Promise<Answer[]>;

/**
 * Group commit: requests of one key that arrive while a batch is being written wait together and become the next
 * batch, which begins while the one before commits. A lone request waits for nothing; under load one commit serves
 * hundreds.
 */
export class Batcher<Item, Answer> {
  private readonly queues = new Map<string, Waiting<Item, Answer>[]>();
  private readonly write: Write<Item, Answer>;
  private readonly limit: number;
  private readonly isOutage: (error: unknown) => boolean;

  /** `write` answers one batch, an answer an item, in order. `limit` is the most items of a batch. */
  constructor(options: {
    write: Write<Item, Answer>;
    limit: number;
    /** Whether an error says nothing about the items, so that trying them one by one is pointless. */
    isOutage: (error: unknown) => boolean;
  }) {
    this.write = options.write;
    this.limit = options.limit;
    this.isOutage = options.isOutage;
  }

  submit(key: string, items: readonly Item[]): Promise<Answer[]> {
    return new Promise((resolve, reject) => {
      const waiting = { items, resolve, reject };
      const queue = this.queues.get(key);
      if (queue !== undefined) {
        queue.push(waiting);
        return;
      }
      this.queues.set(key, [waiting]);
      // Requests that were read from the sockets in the same turn belong to the same batch.
      setImmediate(() => void this.drain(key));
    });
  }

  private async drain(key: string): Promise<void> {
    const queue = this.queues.get(key) ?? [];
    while (queue.length > 0) {
      const batch = this.take(queue);
      await new Promise<void>((next) => {
        void this.writeTogether(key, batch, next).finally(next);
      });
    }
    this.queues.delete(key);
  }

  private take(queue: Waiting<Item, Answer>[]): Waiting<Item, Answer>[] {
    let size = 0;
    let count = 0;
    while (
      count < queue.length &&
      (count === 0 || size + (queue[count]?.items.length ?? 0) <= this.limit)
    ) {
      size += queue[count]?.items.length ?? 0;
      count += 1;
    }
    return queue.splice(0, count);
  }

  private async writeTogether(
    key: string,
    batch: Waiting<Item, Answer>[],
    sent: () => void,
  ): Promise<void> {
    try {
      const answers = await this.write(
        key,
        batch.flatMap(({ items }) => items),
        sent,
      );
      let from = 0;
      for (const { items, resolve } of batch) {
        resolve(answers.slice(from, from + items.length));
        from += items.length;
      }
    } catch (error) {
      if (batch.length === 1 || this.isOutage(error)) {
        for (const { reject } of batch) reject(error);
        return;
      }
      // One request may not spoil the others.
      for (const waiting of batch) await this.writeTogether(key, [waiting], sent);
    }
  }
}
