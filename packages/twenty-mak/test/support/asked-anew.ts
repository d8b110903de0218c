import { expect } from 'vitest';

type Rows = <Row extends object>(sql: string) => Promise<Row[]>;

/**
 * Waits until a running connector has asked what changed and has heard of all that was there before this call. `last` is the
 * kind of records that it asks for last; `$1` of the statements is the tenant.
 */
export async function askedAnew(rows: Rows, last: string): Promise<void> {
  // The first time may be the end of a poll that began before.
  for (let time = 0; time < 2; time += 1) {
    const [connector] = await rows<{ at: string }>(
      `UPDATE sync_connector SET poll_at = now() WHERE tenant_id = $1 AND state = 'running' RETURNING now()::text AS at`,
    );
    if (connector === undefined) return;
    const asked = `SELECT FROM sync_cursor WHERE tenant_id = $1 AND entity = '${last}' AND moved_at > '${connector.at}'
      UNION ALL SELECT FROM sync_connector WHERE tenant_id = $1 AND state <> 'running'`;
    await expect.poll(() => rows(asked)).not.toEqual([]);
  }
}
