import { plainArray, textArray } from '../database/array-literal.ts';
import type { Transaction } from '../database/index.ts';

export interface NewLetter {
  readonly id: string;
  readonly sealed: Buffer;
  /** After that it is not worth sending any more. */
  readonly life: string;
}

/** Keeps letters until they are sent or not worth it any more. */
export async function insertLetters(
  transaction: Transaction,
  letters: readonly NewLetter[],
): Promise<void> {
  if (letters.length === 0) return;
  await transaction.execute(
    `INSERT INTO auth.letter (id, sealed, expires_at)
     SELECT id, sealed, now() + life::interval FROM unnest($1::uuid[], $2::bytea[], $3::text[]) AS letter (id, sealed, life)`,
    [
      plainArray(letters.map(({ id }) => id)),
      letters.map(({ sealed }) => sealed),
      textArray(letters.map(({ life }) => life)),
    ],
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
 * Takes the letters that are due, for one attempt each. Until the next one is due nobody else takes them; the pauses double
 * from a minute to an hour.
 */
export async function takeLetters(transaction: Transaction, limit: number): Promise<DueLetter[]> {
  return transaction.query<DueLetter>(
    `UPDATE auth.letter SET attempts = attempts + 1,
       next_attempt_at = now() + least(interval '1 minute' * power(2, least(attempts, 10)), interval '1 hour')
     WHERE id = ANY (ARRAY(SELECT id FROM auth.letter WHERE next_attempt_at <= now()
                           ORDER BY next_attempt_at LIMIT $1 FOR UPDATE SKIP LOCKED))
     RETURNING id, sealed, attempts, expires_at <= now() AS expired`,
    [limit],
  );
}

/** Gives letters back that were taken and not tried. */
export async function leaveLetters(
  transaction: Transaction,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await transaction.execute(
    'UPDATE auth.letter SET attempts = attempts - 1, next_attempt_at = now() WHERE id = ANY ($1::uuid[])',
    [plainArray(ids)],
  );
}

export async function deleteLetters(
  transaction: Transaction,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await transaction.execute('DELETE FROM auth.letter WHERE id = ANY ($1::uuid[])', [
    plainArray(ids),
  ]);
}
