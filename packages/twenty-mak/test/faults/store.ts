import pg from 'pg';

const { INT8, TIMESTAMPTZ } = pg.types.builtins;

/** As in the server: bigint and timestamptz arrive as numbers, instants in milliseconds. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === INT8) return (text: string) => Number(text);
    if (oid === TIMESTAMPTZ) return (text: string) => Date.parse(`${text.replace(' ', 'T')}:00`);
    return pg.types.getTypeParser(oid, format as 'text');
  },
};

/** Looks into the database as its owner, past the server. Connects for every look: PostgreSQL is killed again and again. */
export class Store {
  readonly tenantId: string;
  private readonly url: string;

  constructor(url: string, tenantId: string) {
    this.url = url;
    this.tenantId = tenantId;
  }

  /** `$1` is the tenant; further values follow. */
  rows<Row extends object>(sql: string, ...values: readonly unknown[]): Promise<Row[]> {
    return this.read<Row>(sql, [this.tenantId, ...values]);
  }

  /** Rows of a statement with values of its own. */
  async read<Row extends object>(sql: string, values: readonly unknown[]): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.url, types, options: '-c timezone=UTC' });
    client.on('error', () => undefined);
    await client.connect();
    try {
      const { rows } = await client.query<Row>(sql, [...values]);
      return rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async number(sql: string, ...values: readonly unknown[]): Promise<number> {
    const [row] = await this.rows<{ count: number }>(sql, ...values);
    return Number(row?.count ?? 0);
  }
}
