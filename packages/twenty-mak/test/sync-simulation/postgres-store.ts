import { unpark } from '../../src/connectors/sync/keeping.ts';
import { PostgresStore } from '../../src/connectors/sync/store.ts';
import { mark } from '../../src/connectors/sync/marks.ts';
import type {
  Intent,
  RemoteFailure,
  SeenRecord,
  Work,
  WorkDone,
  Lane,
} from '../../src/connectors/sync/ports.ts';
import type { Database, Transaction } from '../../src/platform/database/index.ts';
import { markChanged } from '../../src/platform/records/index.ts';
import type { Mark } from 'twenty-mak-domain';
import type { Look, StoryStore } from './store.ts';
import { ENTITY } from './world.ts';
import type { World } from './world.ts';

const CONNECTOR = 'twenty';

type Reason = (tx: Transaction, present: string) => Promise<void>;

/**
 * The real store on virtual time. What tells it of changes belongs to the transaction of the change, which is a model here:
 * it is written, at the moment of the change, before anybody looks.
 */
export class StoreOnPostgres implements StoryStore {
  private readonly reasons: { readonly at: number; readonly write: Reason }[] = [];
  private readonly store: PostgresStore;

  constructor(
    private readonly world: World,
    private readonly database: Database,
    private readonly tenantId: string,
  ) {
    this.store = new PostgresStore(
      database,
      { tenantId, connector: CONNECTOR },
      {
        present: () => sqlOf(world.now),
      },
    );
  }

  markLocal(id: string, { urgency, fields }: Omit<Mark, 'at'>): void {
    this.note(async (tx, present) =>
      markChanged(tx, this.tenantId, ENTITY.name, [{ id, urgency, fields }], present),
    );
  }

  markRemote(
    remoteId: string,
    localId: string | null,
    { urgency, fields }: Omit<Mark, 'at'>,
  ): void {
    const place = { tenantId: this.tenantId, connector: CONNECTOR, entity: ENTITY.name };
    this.note(async (tx, present) => {
      await mark(tx, place, [{ remoteId, localId, fields }], urgency, { present });
    });
  }

  take(entity: string, limit: number, lane: Lane): Promise<readonly Work[]> {
    return this.world.owned(() => this.told(() => this.store.take(entity, limit, lane)));
  }

  together<T>(entity: string, run: () => Promise<T>): Promise<T> {
    return this.world.together(() => this.told(() => this.store.together(entity, run)));
  }

  decided(entity: string, works: readonly Work[]): Promise<ReadonlySet<string>> {
    return this.world.owned(() => this.store.decided(entity, works));
  }

  link(entity: string, done: readonly WorkDone[]): Promise<void> {
    return this.world.owned(() => this.told(() => this.store.link(entity, done)));
  }

  sending(entity: string, intents: readonly Intent[]): Promise<void> {
    return this.world.owned(() => this.told(() => this.store.sending(entity, intents)));
  }

  finish(entity: string, done: readonly WorkDone[]): Promise<void> {
    return this.world.owned(() => this.told(() => this.store.finish(entity, done)));
  }

  giveBack(entity: string, works: readonly Work[], failure: RemoteFailure): Promise<void> {
    return this.world.owned(() => this.told(() => this.store.giveBack(entity, works, failure)));
  }

  heardOf(entity: string, seen: readonly SeenRecord[]): Promise<number> {
    return this.world.owned(() => this.told(() => this.store.heardOf(entity, seen)));
  }

  cursor(entity: string): Promise<string | null> {
    return this.world.owned(() => this.store.cursor(entity));
  }

  moveCursor(entity: string, cursor: string, from: string | null): Promise<void> {
    return this.world.owned(() => this.store.moveCursor(entity, cursor, from));
  }

  async unpark(): Promise<void> {
    const { tenantId } = this;
    await this.told(() =>
      this.database.within({ tenantId }, async (tx) =>
        unpark(tx, { tenantId, connector: CONNECTOR }, sqlOf(this.world.now)),
      ),
    );
  }

  async look(): Promise<Look> {
    await this.flush();
    return this.database.within({ tenantId: this.tenantId }, async (tx) => {
      const count = async (table: string, where: string): Promise<number> => {
        const [row] = await tx.query<{ n: number }>(
          `SELECT count(*) AS n FROM ${table} WHERE tenant_id = $1 AND ${where}`,
          [this.tenantId],
        );
        return row?.n ?? 0;
      };
      return {
        links: await tx.query<Look['links'][number]>(
          'SELECT local_id AS "localId", remote_id AS "remoteId" FROM sync_link WHERE tenant_id = $1',
          [this.tenantId],
        ),
        waiting: await count('sync_pending', 'dead_at IS NULL'),
        conflicts: await count('sync_journal', "kind = 'conflict'"),
        refusals: await count('sync_journal', "kind IN ('refused', 'dead')"),
      };
    });
  }

  private note(write: Reason): void {
    this.reasons.push({ at: this.world.now, write });
  }

  private async told<T>(work: () => Promise<T>): Promise<T> {
    await this.flush();
    return work();
  }

  private async flush(): Promise<void> {
    for (const { at, write } of this.reasons.splice(0))
      await this.database.within({ tenantId: this.tenantId }, (tx) => write(tx, sqlOf(at)));
  }
}

function sqlOf(instant: number): string {
  return `to_timestamp(${instant}::float8 / 1000)::timestamptz(3)`;
}
