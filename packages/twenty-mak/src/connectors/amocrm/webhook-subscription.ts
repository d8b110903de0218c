import { z } from 'zod';
import { NotGranted, readAs } from './answers.ts';
import type { AmocrmClient } from './client.ts';
import { TOLD_EVENTS } from './webhook-told.ts';

const webhookSchema = z.object({
  destination: z.string(),
  settings: z.array(z.string()),
  disabled: z.boolean().default(false),
});
const webhooksSchema = z.object({ _embedded: z.object({ webhooks: z.array(webhookSchema) }) });

/**
 * Makes amoCRM tell `destination` of changes, also after it has switched that off, and nothing else that begins with `ours`. Gives
 * why amoCRM does not want to, else null. Rejects with a `RemoteFailure`.
 */
export async function ensureWebhook(
  client: AmocrmClient,
  ours: string,
  destination: string,
): Promise<string | null> {
  try {
    return await subscribe(client, ours, destination);
  } catch (error) {
    if (error instanceof NotGranted) return error.message;
    throw error;
  }
}

async function subscribe(
  client: AmocrmClient,
  ours: string,
  destination: string,
): Promise<string | null> {
  const path = 'webhooks';
  const listed = await client.ask({ path });
  if (listed.kind === 'refused') return listed.reason;
  const there =
    listed.kind === 'nothing' ? [] : readAs(webhooksSchema, listed.data)._embedded.webhooks;
  const isHeard = there.some(
    (one) =>
      one.destination === destination &&
      !one.disabled &&
      TOLD_EVENTS.every((name) => one.settings.includes(name)),
  );
  if (!isHeard) {
    const made = await client.ask({
      method: 'POST',
      path,
      body: { destination, settings: TOLD_EVENTS },
    });
    if (made.kind === 'refused') return made.reason;
    if (made.kind === 'nothing') return 'amoCRM does not say whether it tells of changes.';
  }
  for (const { destination: old } of there)
    if (old !== destination && old.startsWith(ours))
      await client.ask({ method: 'DELETE', path, body: { destination: old } });
  return null;
}
