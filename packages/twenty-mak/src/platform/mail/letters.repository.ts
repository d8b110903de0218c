import type { Transaction } from '../database/index.ts';

/** Keeps a letter until it is sent, or not worth sending any more after `life`. */
export async function insertLetter(
  transaction: Transaction,
  id: string,
  sealed: Buffer,
  life: string,
): Promise<void> {
  await transaction.execute(
    'INSERT INTO auth.letter (id, sealed, expires_at) VALUES ($1, $2, now() + $3::interval)',
    [id, sealed, life],
  );
}

export async function isLetterDue(transaction: Transaction): Promise<boolean> {
  const rows = await transaction.query(
    'SELECT 1 FROM auth.letter WHERE next_attempt_at <= now() LIMIT 1',
  );
  return rows.length > 0;
}

export interface DueLetter {
  readonly id: string;
  readonly sealed: Buffer;
  readonly attempts: number;
  readonly expired: boolean;
}

/**
 * Takes a letter that is due, for one attempt. Until the next one is due nobody else takes it; the pauses double from
 * a minute to an hour.
 */
export async function takeLetter(transaction: Transaction): Promise<DueLetter | undefined> {
  const [row] = await transaction.query<DueLetter>(
    `UPDATE auth.letter SET attempts = attempts + 1,
       next_attempt_at = now() + least(interval '1 minute' * power(2, least(attempts, 10)), interval '1 hour')
     WHERE id = (SELECT id FROM auth.letter WHERE next_attempt_at <= now()
                 ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING id, sealed, attempts, expires_at <= now() AS expired`,
  );
  return row;
}

export async function deleteLetter(transaction: Transaction, id: string): Promise<void> {
  await transaction.execute('DELETE FROM auth.letter WHERE id = $1', [id]);
}
