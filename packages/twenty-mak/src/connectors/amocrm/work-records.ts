import type { Values } from 'twenty-mak-domain';
import type { z } from 'zod';
import type { MakRecord, WriteRefusal } from '../../platform/records/index.ts';
import { Parties, versionOf } from '../sync/index.ts';
import type {
  Here,
  Links,
  RemoteChange,
  RemotePage,
  RemoteRecord,
  RemoteRecords,
  There,
} from '../sync/index.ts';
import type { AmocrmAccount } from './account.ts';
import type { BatchSize } from './batch-size.ts';
import type { AmocrmClient } from './client.ts';
import { rowsNamed } from './pages.ts';
import { RowWriter } from './row-writer.ts';
import type { Outcome, ReadRecord, Step } from './row-writer.ts';

/** A task or a note. */
export interface WorkRow {
  readonly id: number;
  readonly created_by?: number | null | undefined;
  readonly updated_at: number;
  readonly updated_by?: number | null | undefined;
}

/** A page of what changed. */
export interface WorkPage<Row> {
  readonly rows: readonly Row[];
  readonly cursor: string;
  readonly more: boolean;
}

/** How records of one kind look that hang on leads. */
export interface WorkKind<Row extends WorkRow> {
  readonly entity: 'task' | 'note';
  readonly path: 'tasks' | 'leads/notes';
  /** What a list is asked besides, so that it has none of other kinds. */
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly schema: z.ZodType<Row>;
  readonly isPersonal?: true;
  /** Values as amoCRM gives them back. */
  readonly stored: (values: Values) => Values;
  /** The lead that it hangs on; null when it hangs on something else. */
  readonly leadOf: (row: Row) => number | null;
  readonly valuesOf: (row: Row, account: AmocrmAccount, here: Here) => Values;
  readonly rowOf: (
    values: Values,
    before: Row | null,
    lead: number | null,
    account: AmocrmAccount,
  ) => object | WriteRefusal;
  readonly fieldOf: (path: string) => string | null;
  /** Of no use to who does not have it. */
  readonly isOver?: (row: Row) => boolean;
  /** Whether it may be what was made of these values. */
  readonly isSame: (row: Row, values: Values) => boolean;
  readonly changed: (client: AmocrmClient, cursor: string | null) => Promise<WorkPage<Row>>;
}

/** What MaK itself knows of such records. */
export interface OwnWork {
  readonly read: (localIds: readonly string[]) => Promise<ReadonlyMap<string, MakRecord>>;
  /** What was sent, and perhaps made there. */
  readonly inDoubt: () => Promise<readonly string[]>;
}

interface WorkStep<Row> extends Step {
  readonly before: Row | null;
}

/**
 * Tasks and notes of MaK's deals on leads. They have no place for MaK's id: which is which the link says, and of what was sent
 * without an answer what it says.
 */
export class WorkRecords<Row extends WorkRow> implements RemoteRecords {
  private readonly parties: Parties;
  private readonly writer: RowWriter<WorkStep<Row>>;

  constructor(
    private readonly kind: WorkKind<Row>,
    private readonly client: AmocrmClient,
    private readonly account: AmocrmAccount,
    batch: BatchSize,
    private readonly links: Links,
    private readonly own: OwnWork,
  ) {
    this.parties = new Parties(links);
    this.writer = new RowWriter(client, batch, {
      path: kind.path,
      fieldOf: kind.fieldOf,
      ...(kind.isPersonal === undefined ? {} : { isPersonal: kind.isPersonal }),
      own: { userId: account.userId, stored: kind.stored },
      // What was just made is nobody's yet, and ours.
      read: async (ids) => this.recordsOf(await this.rows('filter[id][]', ids)),
    });
  }

  async read(_entity: string, ids: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    const rows = await this.rows('filter[id][]', ids);
    const here = await this.deals(rows);
    // It may be what MaK has just made, and does not know yet; asked before the links, so that it is one of the two.
    const doubts = rows.some((row) => this.isByUs(row)) ? await this.own.inDoubt() : [];
    const unclear = doubts.length > 0 ? await this.own.read(doubts) : new Map<string, MakRecord>();
    const linked = await this.linked(rows);
    const isStrange = (row: Row): boolean => !linked.has(String(row.id));
    const isUnclear = (row: Row): boolean =>
      this.isByUs(row) &&
      [...unclear.values()].some(
        ({ values }) =>
          values['deal'] === here('deal', this.kind.leadOf(row)) && this.kind.isSame(row, values),
      );
    return this.recordsOf(
      rows.filter(
        (row) =>
          !isStrange(row) ||
          (typeof here('deal', this.kind.leadOf(row)) === 'string' &&
            this.kind.isOver?.(row) !== true &&
            !isUnclear(row)),
      ),
      here,
    );
  }

  /** Of those that MaK made and that are nobody's, each that says the same on the same lead. */
  async find(
    _entity: string,
    localIds: readonly string[],
  ): Promise<ReadonlyMap<string, RemoteRecord>> {
    const mine = await this.own.read(localIds);
    const there = await this.parties.wanted({
      deal: [...mine.values()].map(({ values }) => values['deal']),
    });
    const leads = new Set(
      [...mine.values()].flatMap(({ values }) => there('deal', values['deal']) ?? []),
    );
    const rows = (await this.rows('filter[entity_id][]', [...leads])).filter((row) =>
      this.isByUs(row),
    );
    const linked = await this.linked(rows);
    const free = new Set(rows.filter(({ id }) => !linked.has(String(id))));
    const here = await this.deals(rows);
    const found = new Map<string, RemoteRecord>();
    for (const [localId, { values }] of mine) {
      const lead = there('deal', values['deal']);
      const same = [...free].find(
        (row) => String(this.kind.leadOf(row)) === lead && this.kind.isSame(row, values),
      );
      if (same === undefined) continue;
      free.delete(same);
      found.set(localId, this.recordOf(same, here));
    }
    return found;
  }

  async changedSince(_entity: string, cursor: string | null): Promise<RemotePage> {
    const page = await this.kind.changed(this.client, cursor);
    const linked = await this.linked(page.rows);
    const isConcerned = (row: Row): boolean =>
      linked.has(String(row.id)) ||
      (this.kind.leadOf(row) !== null && this.kind.isOver?.(row) !== true);
    return {
      seen: page.rows.filter(isConcerned).map((row) => ({
        remoteId: String(row.id),
        localId: linked.get(String(row.id)) ?? null,
        version: this.versionOf(row),
      })),
      cursor: page.cursor,
      more: page.more,
    };
  }

  /** Read once more right before they are written, as leads are. */
  async write(_entity: string, changes: readonly RemoteChange[]): Promise<readonly Outcome[]> {
    const outcomes = new Map<RemoteChange, Outcome>();
    const there = await this.parties.wanted({
      deal: changes.map(({ values }) => values['deal']),
    });
    const ids = changes.flatMap(({ remoteId }) => remoteId ?? []);
    const rows = await this.rows('filter[id][]', ids);
    const current = new Map(rows.map((row) => [String(row.id), row]));
    const steps = changes.flatMap((change): WorkStep<Row>[] => {
      const { remoteId, version } = change;
      const before = remoteId === null ? null : current.get(remoteId);
      const isMoved =
        before === undefined ||
        (before !== null && version !== null && this.versionOf(before) !== version);
      if (isMoved) {
        outcomes.set(change, { kind: 'moved' });
        return [];
      }
      const step = this.stepOf(change, before, there);
      if (!('code' in step)) return [step];
      outcomes.set(change, { kind: 'refused', refusal: step });
      return [];
    });
    await this.writer.write(steps, outcomes);
    return changes.map((change) => outcomes.get(change) ?? { kind: 'moved' });
  }

  private stepOf(
    change: RemoteChange,
    before: Row | null,
    there: There,
  ): WorkStep<Row> | WriteRefusal {
    const { values } = change;
    const { deal } = values;
    const lead = there('deal', deal);
    if (lead === null && (before === null || typeof deal === 'string'))
      return {
        code: 'unknown_record',
        reason: 'amoCRM does not have this deal. Its journal and its dead letter say why.',
        field: 'deal',
      };
    const row = this.kind.rowOf(values, before, lead === null ? null : Number(lead), this.account);
    if ('code' in row) return row;
    return { change, before, row, id: before?.id ?? null };
  }

  private deals(rows: readonly Row[]): Promise<Here> {
    return this.parties.named(
      this.kind.entity,
      rows.map((row) => {
        const lead = this.kind.leadOf(row);
        const parties = lead === null ? [] : [{ entity: 'deal', remoteId: String(lead) }];
        return { claimed: null, parties };
      }),
    );
  }

  private linked(rows: readonly Row[]): Promise<ReadonlyMap<string, string>> {
    return this.links.localIds(
      this.kind.entity,
      rows.map(({ id }) => String(id)),
    );
  }

  private async recordsOf(
    rows: readonly Row[],
    known?: Here,
  ): Promise<ReadonlyMap<string, ReadRecord>> {
    const here = known ?? (await this.deals(rows));
    return new Map(rows.map((row) => [String(row.id), this.recordOf(row, here)]));
  }

  private recordOf(row: Row, here: Here): ReadRecord {
    return {
      remoteId: String(row.id),
      localId: null,
      values: this.kind.valuesOf(row, this.account, here),
      version: this.versionOf(row),
      changedBy: row.updated_by ?? null,
    };
  }

  private rows(name: string, values: readonly string[]): Promise<readonly Row[]> {
    const { path, query, schema } = this.kind;
    return rowsNamed(this.client, { path, query }, name, values, schema);
  }

  private isByUs({ created_by: author }: Row): boolean {
    return this.account.userId !== 0 && author === this.account.userId;
  }

  private versionOf(row: Row): string {
    const nobody: Here = () => null;
    return versionOf(row.updated_at, [
      this.kind.valuesOf(row, this.account, nobody),
      this.kind.leadOf(row),
    ]);
  }
}
