import type { Transaction } from '../../platform/database/index.ts';
import type { RateKey, RateView } from './exchange-rates.dto.ts';

const COLUMNS = 'base, quote, day::text AS day, trim_scale(rate)::text AS rate';

type Position = readonly [day: string, base: string, quote: string];

/** Newest day first, after the cursor's row; of one currency those that convert from or into it. */
export async function listRates(
  transaction: Transaction,
  tenantId: string,
  {
    currency,
    after,
    limit,
  }: { currency: string | undefined; after: Position | null; limit: number },
): Promise<RateView[]> {
  return transaction.query<RateView>(
    `SELECT ${COLUMNS} FROM exchange_rate
     WHERE tenant_id = $1 AND ($2::text IS NULL OR base = $2 OR quote = $2)
       AND ($3::date IS NULL OR (day, base, quote) < ($3, $4, $5))
     ORDER BY exchange_rate.day DESC, base DESC, quote DESC LIMIT $6`,
    [tenantId, currency ?? null, after?.[0] ?? null, after?.[1] ?? null, after?.[2] ?? null, limit],
  );
}

/** Adds rates, or replaces those of the same pair and day. */
export async function saveRates(
  transaction: Transaction,
  tenantId: string,
  rates: readonly RateView[],
): Promise<void> {
  await transaction.execute(
    `INSERT INTO exchange_rate (tenant_id, base, quote, day, rate)
     SELECT $1, * FROM unnest($2::text[], $3::text[], $4::date[], $5::numeric[])
     ON CONFLICT (tenant_id, base, quote, day) DO UPDATE SET rate = excluded.rate`,
    [
      tenantId,
      rates.map(({ base }) => base),
      rates.map(({ quote }) => quote),
      rates.map(({ day }) => day),
      rates.map(({ rate }) => rate),
    ],
  );
}

/** False when there is no such rate. */
export async function deleteRate(
  transaction: Transaction,
  tenantId: string,
  { base, quote, day }: RateKey,
): Promise<boolean> {
  const deleted = await transaction.execute(
    'DELETE FROM exchange_rate WHERE tenant_id = $1 AND base = $2 AND quote = $3 AND day = $4',
    [tenantId, base, quote, day],
  );
  return deleted > 0;
}

/** The last rate up to a day between a currency and each of the others, in either direction. */
export async function lastRates(
  transaction: Transaction,
  tenantId: string,
  { currency, others, day }: { currency: string; others: readonly string[]; day: string },
): Promise<RateView[]> {
  return transaction.query<RateView>(
    `SELECT pair.base, pair.quote, last.day::text AS day, last.rate::text AS rate
     FROM (SELECT other AS base, $2 AS quote FROM unnest($3::text[]) AS other
           UNION ALL SELECT $2, other FROM unnest($3::text[]) AS other) AS pair
     CROSS JOIN LATERAL (
       SELECT r.day, r.rate FROM exchange_rate r
       WHERE r.tenant_id = $1 AND r.base = pair.base AND r.quote = pair.quote AND r.day <= $4::date
       ORDER BY r.day DESC LIMIT 1) AS last`,
    [tenantId, currency, others, day],
  );
}
