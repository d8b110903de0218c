import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { notFound, RefusalError } from '../../platform/errors/index.ts';
import { pageOf, readCursor } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { Audit } from '../audit/index.ts';
import { todayOf } from '../tenants/index.ts';
import type { ListRates, RateKey, RateView, SetRates } from './exchange-rates.dto.ts';
import { deleteRate, listRates, saveRates } from './exchange-rates.repository.ts';

const cursorKeys = z.tuple([z.iso.date(), z.string().max(3), z.string().max(3)]);

/** The tenant's dated table of rates. */
@Injectable()
export class ExchangeRatesService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Newest day first. */
  async list(
    { tenantId }: Principal,
    { currency, limit, cursor }: ListRates,
  ): Promise<Page<RateView>> {
    const after = cursor === undefined ? null : readCursor(cursorKeys, cursor);
    const rows = await this.database.within({ tenantId }, (transaction) =>
      listRates(transaction, tenantId, { currency, after, limit: limit + 1 }),
    );
    return pageOf(rows, limit, ({ base, quote, day }) => [day, base, quote]);
  }

  /**
   * Adds rates, or replaces those of the same pair and day; all of them or none.
   * Throws 422 `same_currency` and `duplicate_rate`.
   */
  async set(principal: Principal, { rates }: SetRates): Promise<RateView[]> {
    const { tenantId } = principal;
    return this.database.within({ tenantId }, async (transaction) => {
      const { currency } = await todayOf(transaction, tenantId);
      const rows = rates.map(({ quote = currency, ...rate }) => ({ ...rate, quote }));
      refuseWrongPairs(rows);
      await saveRates(transaction, tenantId, rows);
      await Audit.record(transaction, principal, 'exchange_rate.set', 'exchange_rate', null, {
        rates: rows.map(({ base, quote, day, rate }) => `${day} ${base}/${quote} ${rate}`),
      });
      return rows;
    });
  }

  async delete(principal: Principal, key: RateKey): Promise<void> {
    const { tenantId } = principal;
    await this.database.within({ tenantId }, async (transaction) => {
      if (!(await deleteRate(transaction, tenantId, key))) throw notFound('exchange rate');
      await Audit.record(transaction, principal, 'exchange_rate.deleted', 'exchange_rate', null, {
        rate: `${key.day} ${key.base}/${key.quote}`,
      });
    });
  }
}

function refuseWrongPairs(rows: readonly RateView[]): void {
  const seen = new Set<string>();
  for (const [index, { base, quote, day }] of rows.entries()) {
    const field = `rates.${index}`;
    if (base === quote) {
      const reason = `${base} is compared with itself. Name two currencies; the tenant's own needs no rate.`;
      throw new RefusalError({ code: 'same_currency', reason, field });
    }
    const key = `${day} ${base}/${quote}`;
    if (seen.has(key)) {
      const reason = `${key} is there twice. Send each rate once.`;
      throw new RefusalError({ code: 'duplicate_rate', reason, field });
    }
    seen.add(key);
  }
}
