import { AsyncLocalStorage } from 'node:async_hooks';
import type { Scope, Transaction } from './database.ts';

/**
 * A transaction that everything inside joins: what a request does and the record that it was done commit together.
 * Only `Database.together` begins one.
 */
export class AmbientTransaction {
  /** Siblings use the one connection in turn; a savepoint of one must not enclose the other. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly transaction: Transaction,
    private readonly scope: Scope,
  ) {}

  /** Whether work under `scope` belongs into this transaction: it sees rows of the same tenant by the same means. */
  hosts({ tenantId, credential, userId, tenantKey, operator }: Scope): boolean {
    const foreign = credential ?? userId ?? tenantKey ?? operator;
    return foreign === undefined && tenantId === this.scope.tenantId;
  }

  /** Runs `work` under a savepoint: when it fails, what it did is undone and the transaction goes on. */
  nest<T>(scope: Scope, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const mine = this.turn.then(() => this.underSavepoint(scope, work));
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async underSavepoint<T>(
    scope: Scope,
    work: (transaction: Transaction) => Promise<T>,
  ): Promise<T> {
    const restrict = ({ restrictedTo, accountId }: Scope): Promise<object[]> =>
      this.transaction.query(
        "SELECT set_config('mak.restricted_to', $1, true), set_config('mak.account', $2, true)",
        [restrictedTo ?? '', accountId ?? ''],
      );
    const inner = new AmbientTransaction(this.transaction, scope);
    await this.transaction.query('SAVEPOINT nested');
    try {
      await restrict(scope);
      const result = await storage.run(inner, () => work(this.transaction));
      await restrict(this.scope);
      await this.transaction.query('RELEASE SAVEPOINT nested');
      return result;
    } catch (error) {
      // Fails over a lost connection; the first error is the one to tell.
      await this.transaction.query('ROLLBACK TO SAVEPOINT nested').catch(() => undefined);
      throw error;
    }
  }
}

const storage = new AsyncLocalStorage<AmbientTransaction | undefined>();

export function ambientTransaction(): AmbientTransaction | undefined {
  return storage.getStore();
}

/** Whether the caller stands inside of a transaction that its work joins. */
export function inTransaction(): boolean {
  return storage.getStore() !== undefined;
}

/** Runs `work` with every transaction inside joining `ambient`, or none with undefined. */
export function withAmbient<T>(ambient: AmbientTransaction | undefined, work: () => T): T {
  return storage.run(ambient, work);
}

/** What waits for a transaction to be committed. */
class Commit {
  private acts: (() => void)[] | null = [];

  add(act: () => void): void {
    // What goes on after the end of the transaction waits for nothing.
    if (this.acts === null) act();
    else this.acts.push(act);
  }

  end(committed: boolean): void {
    const acts = this.acts ?? [];
    this.acts = null;
    if (committed) commits.run(undefined, () => acts.forEach((act) => act()));
  }
}

const commits = new AsyncLocalStorage<Commit | undefined>();

/** Runs `transact`, and after it, when it resolves, what asked inside to be done after the commit. */
export async function committing<T>(transact: () => Promise<T>): Promise<T> {
  const commit = new Commit();
  let committed = false;
  try {
    const result = await commits.run(commit, transact);
    committed = true;
    return result;
  } finally {
    commit.end(committed);
  }
}

/** Calls `act` once what is being done has been committed: at once, or at the end of the transaction around it. */
export function afterCommit(act: () => void): void {
  const commit = commits.getStore();
  if (commit === undefined) act();
  else commit.add(act);
}

/** Runs `work` apart from the transaction around it: what it commits stays when that one is rolled back. */
export function apart<T>(work: () => Promise<T>): Promise<T> {
  return commits.run(undefined, () => withAmbient(undefined, work));
}
