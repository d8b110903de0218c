import { notFound } from './refusals.ts';

export type Values = Readonly<Record<string, unknown>>;

/** Records of one kind, numbered as they come. */
export class Rows<Row extends { readonly id: number }> {
  private readonly byId = new Map<number, Row>();
  private next: number;

  constructor(first = 1) {
    this.next = first;
  }

  get all(): readonly Row[] {
    return [...this.byId.values()];
  }

  add(values: Omit<Row, 'id'>): Row {
    const row = { ...values, id: this.next } as Row;
    this.next += 1;
    this.byId.set(row.id, row);
    return row;
  }

  put(row: Row): Row {
    this.byId.set(row.id, row);
    return row;
  }

  /** A person deletes it: no call of the API does. */
  remove(id: number): void {
    this.byId.delete(id);
  }

  has(id: unknown): boolean {
    return this.byId.has(Number(id));
  }

  find(id: unknown): Row | undefined {
    return this.byId.get(Number(id));
  }

  /** Throws the refusal with status 404. */
  get(id: unknown): Row {
    const row = this.find(id);
    if (row === undefined) throw notFound();
    return row;
  }
}
