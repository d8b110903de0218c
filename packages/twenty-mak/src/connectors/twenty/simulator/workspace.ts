import { randomUUID } from 'node:crypto';
import type { SimulatedActor, SimulatedRow } from './filters.ts';
import { SimulatedPages } from './pages.ts';
import { SIMULATED_OBJECTS } from './objects.ts';
import type { SimulatedObject } from './objects.ts';
import { Table } from './table.ts';
import type { Change, Input } from './table.ts';
import { SimulatedWebhooks } from './webhooks.ts';
import type { Author } from './webhooks.ts';

export interface SimulatedApplication {
  readonly id: string;
  readonly universalIdentifier: string;
  readonly version: string;
}

/** Records of a workspace with those who are told of their changes. */
export class SimulatedWorkspace {
  readonly webhooks: SimulatedWebhooks;
  /** Records that programs wrote: how many became another, and how many were so already. */
  readonly written = { useful: 0, useless: 0 };
  readonly pages = new SimulatedPages();
  /** Apps that are installed. */
  readonly applications: SimulatedApplication[] = [];
  private readonly tables: ReadonlyMap<string, Table>;

  constructor(
    readonly id: string,
    now: () => number,
    newId: () => string = randomUUID,
    readonly objects: readonly SimulatedObject[] = SIMULATED_OBJECTS,
  ) {
    this.webhooks = new SimulatedWebhooks(id, now);
    const exists = (object: string, row: string): boolean => this.table(object).rows.has(row);
    this.tables = new Map(
      objects.map((object) => [object.singular, new Table(object, exists, now, newId)]),
    );
  }

  /** Throws for an object that is not there. */
  table(singular: string): Table {
    const table = this.tables.get(singular);
    if (table === undefined) throw new Error(`There is no object ${singular}.`);
    return table;
  }

  upsert(singular: string, data: readonly Input[], author: Author): readonly SimulatedRow[] {
    return this.told(singular, this.table(singular).upsert(data, actorOf(author)), author);
  }

  update(singular: string, filter: Input, data: Input, author: Author): readonly SimulatedRow[] {
    return this.told(
      singular,
      this.table(singular).updateMany(filter, data, actorOf(author)),
      author,
    );
  }

  delete(singular: string, id: string, author: Author): SimulatedRow {
    const change = this.table(singular).delete(id);
    this.told(singular, [change], author);
    for (const [object, relation] of Object.values(this.table(singular).object.lists ?? {}))
      for (const row of this.table(object).find({ [`${relation}Id`]: { eq: id } }, 200, null, false)
        .rows)
        this.delete(object, row.id, author);
    return change.row;
  }

  private told(
    singular: string,
    changes: readonly Change[],
    author: Author,
  ): readonly SimulatedRow[] {
    for (const change of changes) {
      this.webhooks.tell(singular, change, author);
      if (author.userId !== null) continue;
      const isUseless = change.operation === 'updated' && change.updatedFields.length === 0;
      this.written[isUseless ? 'useless' : 'useful'] += 1;
    }
    return changes.map(({ row }) => row);
  }
}

function actorOf({ userId }: Author): SimulatedActor {
  return userId === null ? { source: 'API', name: 'MaK' } : { source: 'MANUAL', name: 'Ada Byron' };
}
