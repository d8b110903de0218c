import { AsyncLocalStorage } from 'node:async_hooks';

/** better-auth says only that a session could not be read; why stands in its log, and tells an outage from a defect. */
export class HiddenFailure {
  private readonly kept = new AsyncLocalStorage<{ why?: unknown }>();

  /** To be the log of better-auth. */
  readonly log = (_level: string, _message: string, why?: unknown): void => {
    const holder = this.kept.getStore();
    if (holder !== undefined && why instanceof Error) holder.why = why;
  };

  /** What `read` gives. Throws what made it fail, if it was no refusal. */
  async reveal<Read>(read: () => Promise<Read>): Promise<Read> {
    const holder: { why?: unknown } = {};
    try {
      return await this.kept.run(holder, read);
    } catch (error) {
      throw isInternal(error) ? (holder.why ?? error) : error;
    }
  }
}

function isInternal(error: unknown): boolean {
  return error instanceof Error && 'statusCode' in error && error.statusCode === 500;
}
