import { PRICE_OF_EURO } from './companies.ts';
import type { HttpApi } from './http-api.ts';

/** Before all that is simulated. */
const DAY = '2020-01-01';

/** Gives the tenant the rates by which the amounts of the simulated companies were made. */
export async function makeRates({
  api,
  key,
}: {
  readonly api: HttpApi;
  readonly key: string;
}): Promise<void> {
  const rates = Object.entries(PRICE_OF_EURO)
    .filter(([quote]) => quote !== 'EUR')
    .map(([quote, price]) => ({ base: 'EUR', quote, day: DAY, rate: `${price}` }));
  await api.call('/v1/exchange-rates', { method: 'PUT', key, body: { rates } });
}
