import { z } from 'zod';
import { RemoteFailure } from '../sync/index.ts';
import { readAs } from './answers.ts';
import { APP_MISSING } from './client.ts';
import type { TwentyClient } from './client.ts';
import { TWENTY_ENTITIES } from './entities.ts';
import type { TwentyEntity } from './entities.ts';

const objectsSchema = z.object({
  objects: z.object({
    edges: z.array(
      z.object({
        node: z.object({
          nameSingular: z.string(),
          fieldsList: z.array(
            z.object({
              name: z.string(),
              options: z
                .array(z.object({ value: z.string() }))
                .nullish()
                .catch(null),
            }),
          ),
        }),
      }),
    ),
  }),
});
const webhookSchema = z.object({
  id: z.string(),
  targetUrl: z.string(),
  operations: z.array(z.string()),
  secret: z.string().nullish(),
});
const webhooksSchema = z.object({ webhooks: z.array(webhookSchema) });
export type TwentyWebhook = z.output<typeof webhookSchema>;

/** What is told of by webhooks: everything that people may change of our records. */
export function operationsOf(entities: readonly TwentyEntity[]): readonly string[] {
  return entities
    .filter(({ unasked }) => unasked !== true)
    .flatMap(({ singular, attached }) => [
      `${singular}.*`,
      ...(attached === undefined ? [] : [`${attached.singular}.*`]),
    ]);
}

/** Of everything that may be synced. */
export const OPERATIONS: readonly string[] = operationsOf(TWENTY_ENTITIES);

/**
 * Fields of ours that the workspace does not have, as `object.field`. twenty answers null for a field that is not there and
 * does not say that it is not, so this has to be known before values are believed.
 */
export async function missingFields(
  client: TwentyClient,
  entities: readonly TwentyEntity[] = TWENTY_ENTITIES,
): Promise<readonly string[]> {
  const objects = await objectsOf(client, 'name');
  return entities.flatMap(({ singular, fields }) => {
    const object = objects.find(({ nameSingular }) => nameSingular === singular);
    const known = new Set(object?.fieldsList.map(({ name }) => name));
    return [...new Set(['makId', ...fields.map(({ name }) => name)])]
      .filter((name) => !known.has(name))
      .map((name) => `${singular}.${name}`);
  });
}

/** What a field of a list may hold in this workspace. */
export async function optionsOf(
  client: TwentyClient,
  singular: string,
  field: string,
): Promise<readonly string[]> {
  const objects = await objectsOf(client, 'name options');
  const object = objects.find(({ nameSingular }) => nameSingular === singular);
  const found = object?.fieldsList.find(({ name }) => name === field);
  return found?.options?.map(({ value }) => value) ?? [];
}

async function objectsOf(
  client: TwentyClient,
  ofFields: string,
): Promise<readonly z.output<typeof objectsSchema>['objects']['edges'][number]['node'][]> {
  const data = await ask(
    client,
    `{ objects(paging: { first: 1000 }) { edges { node { nameSingular fieldsList { ${ofFields} } } } } }`,
    {},
  );
  return readAs(objectsSchema, data).objects.edges.map(({ node }) => node);
}

/** Rejects with a `RemoteFailure` of the kind `blocked` unless the workspace has our app, new enough. */
export async function requireApp(
  client: TwentyClient,
  entities: readonly TwentyEntity[] = TWENTY_ENTITIES,
): Promise<void> {
  const missing = await missingFields(client, entities);
  if (missing.length > 0)
    throw new RemoteFailure('blocked', `${APP_MISSING} It lacks ${missing.join(', ')}.`);
}

/** Makes twenty tell an address of changes, signed with this secret, and nothing else there. */
export async function ensureWebhook(
  client: TwentyClient,
  targetUrl: string,
  secret: string,
  operations: readonly string[] = OPERATIONS,
): Promise<void> {
  const fits = (one: TwentyWebhook): boolean =>
    one.secret === secret && operations.every((name) => one.operations.includes(name));
  let there = await webhooksTo(client, targetUrl);
  if (!there.some(fits)) {
    // The new one first: in between nothing is lost.
    await ask(
      client,
      'mutation Webhook($input: CreateWebhookInput!) { createWebhook(input: $input) { id } }',
      { input: { targetUrl, secret, operations, description: 'MaK' } },
    );
    // Another process may have made one at the same time.
    there = await webhooksTo(client, targetUrl);
  }
  const kept = there.find(fits);
  for (const { id } of there) if (id !== kept?.id) await removeWebhook(client, id);
}

/** In the same order each time, so that processes which look at once keep the same one. */
export async function webhooksTo(
  client: TwentyClient,
  targetUrl: string,
): Promise<readonly TwentyWebhook[]> {
  const all = await webhooksOf(client);
  return all
    .filter((one) => one.targetUrl === targetUrl)
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

/** One that another process has removed in the meantime is gone all the same. */
export async function removeWebhook(client: TwentyClient, id: string): Promise<void> {
  try {
    await ask(client, 'mutation Remove($id: UUID!) { deleteWebhook(id: $id) { id } }', { id });
  } catch (error) {
    // twenty says that it is gone in more than one way, also as an error of its own.
    if (!(error instanceof RemoteFailure)) throw error;
    if ((await webhooksOf(client)).some((one) => one.id === id)) throw error;
  }
}

async function webhooksOf(client: TwentyClient): Promise<readonly TwentyWebhook[]> {
  const data = await ask(client, '{ webhooks { id targetUrl operations secret } }', {});
  return readAs(webhooksSchema, data).webhooks;
}

async function ask(client: TwentyClient, query: string, variables: object): Promise<unknown> {
  const answer = await client.ask('metadata', query, variables);
  if (answer.kind === 'refused') throw new RemoteFailure('blocked', answer.refusal.reason);
  return answer.data;
}
