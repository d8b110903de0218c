/**
 * Answers many single questions of one GraphQL request with one query: what is asked until the current turn of the
 * event loop ends goes together.
 */
export class BatchLoader<Key, Value> {
  private readonly answers = new Map<Key, Promise<Value>>();
  private readonly fetch: (keys: readonly Key[]) => Promise<(key: Key) => Value>;
  private batch: { keys: Key[]; result: Promise<(key: Key) => Value> } | null = null;

  /** `fetch` loads all keys at once and gives a function that looks one of them up. */
  constructor(fetch: (keys: readonly Key[]) => Promise<(key: Key) => Value>) {
    this.fetch = fetch;
  }

  load(key: Key): Promise<Value> {
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    const { keys, result } = (this.batch ??= this.open());
    keys.push(key);
    const answer = result.then((look) => look(key));
    this.answers.set(key, answer);
    return answer;
  }

  private open(): { keys: Key[]; result: Promise<(key: Key) => Value> } {
    const keys: Key[] = [];
    const result = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      this.batch = null;
      return this.fetch(keys);
    });
    return { keys, result };
  }
}
