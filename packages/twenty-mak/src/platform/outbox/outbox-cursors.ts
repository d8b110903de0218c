import type { Transaction } from '../database/index.ts';
import type { OutboxPosition } from './outbox-reader.ts';

/** Locks a consumer's cursor for this transaction; null while another worker holds it. */
export async function holdCursor(
  transaction: Transaction,
  tenantId: string,
  consumer: string,
): Promise<OutboxPosition | null> {
  const held = (): Promise<OutboxPosition[]> =>
    transaction.query<OutboxPosition>(
      `SELECT tx, position FROM outbox_cursor WHERE tenant_id = $1 AND consumer = $2 FOR UPDATE SKIP LOCKED`,
      [tenantId, consumer],
      'outbox_cursor.hold',
    );
  const [cursor] = await held();
  if (cursor !== undefined) return cursor;
  await transaction.execute(
    'INSERT INTO outbox_cursor (tenant_id, consumer) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    [tenantId, consumer],
  );
  const [created] = await held();
  return created ?? null;
}

export async function moveCursor(
  transaction: Transaction,
  tenantId: string,
  consumer: string,
  { tx, position }: OutboxPosition,
): Promise<void> {
  await transaction.execute(
    'UPDATE outbox_cursor SET tx = $3, position = $4 WHERE tenant_id = $1 AND consumer = $2',
    [tenantId, consumer, tx, position],
    'outbox_cursor.move',
  );
}
