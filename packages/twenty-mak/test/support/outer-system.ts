import type { Values } from 'twenty-mak-domain';
import { z } from 'zod';
import type { Connector } from '../../src/connectors/sync/index.ts';
import type {
  RemoteChange,
  ConnectorAccess,
  RemoteFailure,
  RemoteOption,
  RemotePage,
  RemoteRecord,
  RemoteRecords,
  RemoteStatus,
  Written,
} from '../../src/connectors/sync/index.ts';

interface Row {
  readonly remoteId: string;
  readonly localId: string | null;
  readonly entity: string;
  readonly values: Values;
  readonly version: number;
}

/** A small system outside of MaK that keeps deals by name, amount and stage, and says what was asked of it. */
export class OuterSystem implements RemoteRecords {
  readonly rows = new Map<string, Row>();
  /** What the next call fails with. */
  failure: RemoteFailure | null = null;
  /** Names that it does not take. */
  readonly refused = new Set<string>();
  writes = 0;
  /** Records in a page of changes. */
  pageSize = Infinity;
  /** Called before a page of changes is answered, with how many of that kind were asked for. */
  beforePage: (entity: string, page: number) => Promise<void> = () => Promise.resolve();
  private readonly pages = new Map<string, number>();
  /** Answers of reads do not arrive before this is done. */
  reading: Promise<void> = Promise.resolve();
  private clock = 0;

  make(entity: string, values: Values, localId: string | null = null): string {
    const remoteId = `outer-${this.rows.size + 1}`;
    this.put({ remoteId, localId, entity, values, version: 0 });
    return remoteId;
  }

  edit(remoteId: string, values: Values): void {
    const row = this.rows.get(remoteId);
    if (row === undefined) throw new Error(`there is no ${remoteId}`);
    this.put({ ...row, values: { ...row.values, ...values } });
  }

  async statuses(): Promise<readonly RemoteStatus[]> {
    this.answer();
    return ['new', 'working', 'done'].map((status) => ({
      status,
      title: status.toUpperCase(),
      pipeline: null,
    }));
  }

  /** The person whose key this is. */
  async options(secrets: ConnectorAccess['secrets']): Promise<readonly RemoteOption[]> {
    this.answer();
    return [{ setting: 'owner', value: 'anna@outer.example', title: `Anna of ${secrets['key']}` }];
  }

  /** Somebody empties the field with MaK's id. */
  release(remoteId: string): void {
    const row = this.rows.get(remoteId);
    if (row === undefined) throw new Error(`there is no ${remoteId}`);
    this.put({ ...row, localId: null });
  }

  /** How many pages of changes were asked for. */
  pagesOf(entity: string): number {
    return this.pages.get(entity) ?? 0;
  }

  of(localId: string): Row | undefined {
    return [...this.rows.values()].find((row) => row.localId === localId);
  }

  async read(entity: string, ids: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    this.answer();
    const found = this.found(
      ({ remoteId }) => ids.includes(remoteId),
      entity,
      ({ remoteId }) => remoteId,
    );
    await this.reading;
    return found;
  }

  async find(
    entity: string,
    localIds: readonly string[],
  ): Promise<ReadonlyMap<string, RemoteRecord>> {
    this.answer();
    return this.found(
      ({ localId }) => localId !== null && localIds.includes(localId),
      entity,
      ({ localId }) => localId ?? '',
    );
  }

  async write(
    entity: string,
    changes: readonly RemoteChange[],
  ): Promise<readonly Written<string, string>[]> {
    this.answer();
    return changes.map(({ remoteId, localId, values, version }): Written<string, string> => {
      const before = this.rows.get(remoteId ?? '');
      if (version !== null && String(before?.version) !== version) return { kind: 'moved' };
      if (this.refused.has(String(values['name']))) {
        const refusal = { code: 'name_not_taken', reason: 'Choose another one.', field: null };
        return { kind: 'refused', refusal };
      }
      this.writes += 1;
      const id = remoteId ?? this.make(entity, {}, localId);
      this.edit(id, values);
      const row = this.rows.get(id);
      return { kind: 'written', id, values: row?.values ?? {}, version: String(row?.version) };
    });
  }

  async changedSince(entity: string, cursor: string | null): Promise<RemotePage> {
    this.answer();
    const asked = this.pagesOf(entity) + 1;
    this.pages.set(entity, asked);
    await this.beforePage(entity, asked);
    const since = Number(cursor ?? 0);
    const changed = [...this.rows.values()]
      .filter((row) => row.entity === entity && row.version >= since)
      .toSorted((one, other) => one.version - other.version);
    const page = changed.slice(0, this.pageSize);
    const more = page.length < changed.length;
    return {
      seen: page.map(({ remoteId, localId, version }) => ({
        remoteId,
        localId,
        version: String(version),
      })),
      cursor: String(more ? (page.at(-1)?.version ?? 0) + 1 : this.clock),
      more,
    };
  }

  private found(
    test: (row: Row) => boolean,
    entity: string,
    key: (row: Row) => string,
  ): ReadonlyMap<string, RemoteRecord> {
    const rows = [...this.rows.values()].filter((row) => row.entity === entity && test(row));
    return new Map(rows.map((row) => [key(row), { ...row, version: String(row.version) }]));
  }

  private put(row: Row): void {
    this.clock += 1;
    this.rows.set(row.remoteId, { ...row, version: this.clock });
  }

  private answer(): void {
    const { failure } = this;
    if (failure !== null) throw failure;
  }
}

/** A connector to such a system, one for each tenant. */
export function outerConnector(systemOf: (tenantId: string) => OuterSystem): Connector {
  const both = { direction: 'both', priority: 'newest', critical: false } as const;
  const out = { direction: 'out', priority: 'mak', critical: false } as const;
  return {
    key: 'outer',
    title: 'Outer system',
    settings: z.strictObject({ address: z.string().max(200) }),
    secretsAreFor: ['address'],
    secrets: z.strictObject({ key: z.string().min(1).max(200) }),
    budget: { burst: 100, perSecond: 100 },
    entities: [
      {
        name: 'pipeline',
        abilities: [{ field: 'name', directions: ['out'], rule: out }],
        batch: 10,
        createsInMak: false,
        asStored: (values) => values,
      },
      {
        name: 'deal',
        abilities: [
          { field: 'name', directions: ['in', 'out', 'both'], rule: both },
          {
            field: 'amount',
            directions: ['in', 'out', 'both'],
            rule: { ...both, priority: 'mak', critical: true },
          },
          { field: 'stage', directions: ['out'], rule: out },
          { field: 'status', directions: ['out'], rule: out },
        ],
        moved: 'status',
        batch: 10,
        createsInMak: true,
        asStored: (values) => values,
      },
    ],
    open: async ({ tenantId }) => systemOf(tenantId),
    pace: ({ tenantId, budget }) => ({ bucket: `outer:${tenantId}`, budget }),
    statuses: async ({ tenantId }) => systemOf(tenantId).statuses(),
    options: async ({ tenantId, secrets }) => systemOf(tenantId).options(secrets),
    tried: z.object({ address: z.string().max(200) }),
  };
}
