import { convertSums, parseRate } from 'twenty-mak-domain';
import type { ConvertedSum, Sum } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import { todayOf } from '../tenants/index.ts';
import { lastRates } from './exchange-rates.repository.ts';

/** Makes one sum in the tenant's currency. */
export type Converter = (sums: readonly Sum[]) => ConvertedSum;

/** Converts sums in these currencies by the last rates that are known on the tenant's present day. */
export async function converterOf(
  transaction: Transaction,
  tenantId: string,
  currencies: Iterable<string>,
): Promise<Converter> {
  const { currency, day } = await todayOf(transaction, tenantId);
  const others = [...new Set(currencies)].filter((other) => other !== currency && other !== '');
  const rows =
    others.length === 0 ? [] : await lastRates(transaction, tenantId, { currency, others, day });
  const rates = rows.flatMap(({ rate: text, ...row }) => {
    const rate = parseRate(text);
    return rate === null ? [] : [{ ...row, rate }];
  });
  return (sums) => convertSums(sums, currency, rates, day);
}
