import { z } from 'zod';
import { hal, notRows, nothing } from './answers.ts';
import type { Route } from './call.ts';

/** Webhooks of an account. */
const MOST_WEBHOOKS = 100;

const subscriptionSchema = z.object({
  destination: z.url({ protocol: /^https?$/ }),
  settings: z.array(z.string()).min(1),
});

export const WEBHOOK_ROUTES: readonly Route[] = [
  [
    'GET',
    '/webhooks',
    ({ account, webhooks, url }) => {
      const wanted = url.searchParams.get('filter[destination]');
      const found = [...webhooks.all.values()].filter(
        ({ destination }) => wanted === null || destination === wanted,
      );
      if (found.length === 0) return nothing();
      const shown = found.map((webhook) => ({ ...webhook, account_id: account.id }));
      return hal({ _total_items: shown.length, _embedded: { webhooks: shown } });
    },
  ],
  [
    'POST',
    '/webhooks',
    ({ account, webhooks, body, userId }) => {
      const { data } = subscriptionSchema.safeParse(body);
      if (data === undefined) throw notRows('Destination and settings are needed.');
      if (!webhooks.all.has(data.destination) && webhooks.all.size >= MOST_WEBHOOKS)
        throw notRows('The account has too many webhooks.');
      const webhook = webhooks.subscribe(data.destination, data.settings, userId);
      return hal({ ...webhook, account_id: account.id }, 201);
    },
  ],
  [
    'DELETE',
    '/webhooks',
    ({ webhooks, body }) => {
      const destination = z.object({ destination: z.string() }).safeParse(body).data?.destination;
      if (destination === undefined) throw notRows('The destination is needed.');
      webhooks.all.delete(destination);
      return nothing();
    },
  ],
];
