import { readMove } from 'twenty-mak-domain';
import type { StageTable } from 'twenty-mak-domain';
import { isWritable } from '../../platform/records/index.ts';
import type {
  MakChange,
  MakMove,
  MakRecord,
  RecordSources,
  WriteRefusal,
  Written,
} from '../../platform/records/index.ts';
import type { MakRecords } from './ports.ts';

/** How the statuses of a system follow from stages. */
export interface Statuses {
  /** The field that shows the status, by kind of records. */
  readonly fields: ReadonlyMap<string, string>;
  /** By id of the pipeline. */
  readonly tables: Readonly<Record<string, StageTable>>;
}

type Taken = (entity: string, remoteIds: readonly string[]) => Promise<ReadonlySet<string>>;
const NOBODY: ReadonlySet<string> = new Set();

/** MaK's records of one tenant, as features offer them; what is written is written by the connector. */
export class TenantRecords implements MakRecords {
  constructor(
    private readonly sources: RecordSources,
    private readonly tenantId: string,
    private readonly author: string,
    private readonly statuses: Statuses,
    /** Those of these records there that are linked as records of another kind which is of the same list. */
    private readonly taken: Taken = () => Promise.resolve(NOBODY),
  ) {}

  async read(entity: string, ids: readonly string[]): Promise<ReadonlyMap<string, MakRecord>> {
    const records = await this.sources.of(entity).read(this.tenantId, ids, this.author);
    if (!this.statuses.fields.has(entity)) return records;
    return new Map([...records].map(([id, record]) => [id, this.shown(entity, record)]));
  }

  async gone(entity: string, ids: readonly string[]): Promise<ReadonlyMap<string, WriteRefusal>> {
    return (await this.sources.of(entity).gone?.(this.tenantId, ids)) ?? new Map();
  }

  async write(
    entity: string,
    changes: readonly MakChange[],
  ): Promise<readonly Written<string, number>[]> {
    const source = this.sources.of(entity);
    if (isWritable(source)) {
      const taken = await this.takenBy(entity, changes);
      const free = changes.filter((change) => !taken.has(change));
      const told = await this.withMoves(entity, free);
      const answers = await source.write(this.tenantId, this.author, told);
      const byChange = new Map(free.map((change, index) => [change, answers[index]] as const));
      return changes.map((change) => {
        const answer = byChange.get(change) ?? ({ kind: 'moved' } as const);
        return answer.kind === 'written' ? { ...answer, ...this.shown(entity, answer) } : answer;
      });
    }
    const reason = 'Only MaK itself changes such records.';
    return changes.map(() => ({
      kind: 'refused',
      refusal: { code: 'record_read_only', reason, field: null },
    }));
  }

  /** What has become a record of another kind since it was read. */
  private async takenBy(
    entity: string,
    changes: readonly MakChange[],
  ): Promise<ReadonlySet<MakChange>> {
    const made = changes.filter(({ localId, remoteId }) => localId === null && remoteId !== null);
    if (made.length === 0) return new Set();
    const taken = await this.taken(
      entity,
      made.flatMap(({ remoteId }) => remoteId ?? []),
    );
    return new Set(made.filter(({ remoteId }) => taken.has(remoteId ?? '')));
  }

  /** With the status of its stage; of a pipeline without a table nothing is said. */
  private shown(entity: string, { values, version }: MakRecord): MakRecord {
    const field = this.statuses.fields.get(entity);
    const place = this.placeOf(values);
    if (field === undefined || place === null) return { values, version };
    return { values: { ...values, [field]: place.table.statusOf[place.stage] ?? null }, version };
  }

  /** What people have set as a status becomes a move. */
  private async withMoves(
    entity: string,
    changes: readonly MakChange[],
  ): Promise<readonly MakChange[]> {
    const field = this.statuses.fields.get(entity);
    const moving = changes.filter(({ values }) => field !== undefined && field in values);
    if (field === undefined || moving.length === 0) return changes;
    const ids = moving.flatMap(({ localId }) => localId ?? []);
    const records = await this.sources.of(entity).read(this.tenantId, ids);
    return changes.map((change): MakChange => {
      const { [field]: status, ...values } = change.values;
      if (typeof status !== 'string') return { ...change, values };
      const move = this.moveOf(field, status, records.get(change.localId ?? ''));
      return move === null ? { ...change, values } : { ...change, values, move };
    });
  }

  private moveOf(field: string, status: string, record: MakRecord | undefined): MakMove | null {
    const place = this.placeOf(record?.values ?? {});
    if (place === null) return null;
    const to = readMove(place.table, place.stage, status, null);
    return to.kind === 'none' ? null : { field, to };
  }

  /** Stages are named by the ids of their records: that of the pipeline, a colon, and the key. */
  private placeOf({
    pipeline,
    stage,
  }: MakRecord['values']): { readonly table: StageTable; readonly stage: string } | null {
    if (typeof pipeline !== 'string' || typeof stage !== 'string') return null;
    const table = this.statuses.tables[pipeline];
    return table === undefined ? null : { table, stage: stage.slice(pipeline.length + 1) };
  }
}
