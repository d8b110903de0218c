import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { CliError } from '../local/cli-error.ts';
import { MakRefusal } from './mak-client.ts';
import type { MakClient } from './mak-client.ts';
import { asAdvice } from './mak-workspace.ts';
import type { Door } from './options.ts';
import type { TwentyClient } from './twenty-client.ts';

const CONNECTOR = '/v1/connectors/twenty';

const settingsSchema = z.looseObject({
  address: z.string(),
  calls_per_minute: z.number().default(100),
});
const ruleSchema = z.object({
  direction: z.string(),
  priority: z.string(),
  critical: z.boolean(),
});
const connectorSchema = z.object({
  version: z.int(),
  state: z.enum(['running', 'paused', 'stopped', 'off']),
  reason: z.string().nullable(),
  settings: settingsSchema,
  entities: z.array(
    z.object({
      name: z.string(),
      enabled: z.boolean(),
      fields: z.array(ruleSchema.extend({ field: z.string(), default: ruleSchema })),
    }),
  ),
  budget: z.object({ burst: z.number(), per_second: z.number() }),
  highest_budget: z.object({ burst: z.number(), per_second: z.number() }),
  poll_seconds: z.int(),
});
type Connector = z.output<typeof connectorSchema>;

/** Null when MaK keeps no records equal with a twenty. Throws a CliError. */
export async function readConnector(mak: MakClient): Promise<Connector | null> {
  try {
    return await mak.call(CONNECTOR, connectorSchema);
  } catch (error) {
    if (error instanceof MakRefusal && error.code === 'not_found') return null;
    throw asAdvice(error);
  }
}

/** Opportunities become deals of a pipeline. */
export interface OpportunitySetting {
  /** Id in MaK. */
  readonly pipeline: string;
  /** Older ones are left alone. */
  readonly since: string;
}

/** By kind of records, whether those are brought over that only twenty has. */
export type Chosen = Readonly<Record<string, { readonly created_there: boolean }>>;

interface Wanted {
  readonly twenty: Door;
  /** What twenty allows the workspace; undefined leaves it, the first time that is twenty's own limit. */
  readonly callsPerMinute?: number | undefined;
  /** These count the first time only; then admins decide. */
  readonly pollSeconds?: number | undefined;
  readonly entities?: readonly string[] | undefined;
  readonly opportunities?: OpportunitySetting | undefined;
  readonly chosen?: Chosen | undefined;
}

/** What came of it. */
export interface Connected {
  readonly connector: Connector;
  readonly changed: boolean;
}

/**
 * Lets MaK keep its records equal with those of the workspace. One that works is left alone, with all that admins have
 * set; one that was turned away gets the key of now and goes on. Throws a CliError.
 */
export async function connectRecords(
  mak: MakClient,
  { twenty, callsPerMinute, pollSeconds, entities, opportunities, chosen }: Wanted,
): Promise<Connected> {
  const before = await readConnector(mak);
  const settings = {
    ...(before?.settings ?? (opportunities === undefined ? {} : { opportunities })),
    address: twenty.address,
    ...(callsPerMinute === undefined ? {} : { calls_per_minute: callsPerMinute }),
  };
  if (before !== null && before.state !== 'stopped' && isSame(before.settings, settings))
    return { connector: before, changed: false };
  const secrets = { api_key: twenty.key, webhook_secret: randomBytes(32).toString('base64url') };
  try {
    const others =
      before === null ? { version: 0, poll_seconds: pollSeconds, entities, chosen } : kept(before);
    const body = { ...others, settings, secrets };
    let connector = await mak.call(CONNECTOR, connectorSchema, { method: 'PUT', body });
    if (connector.state === 'stopped') {
      const { version } = connector;
      connector = await mak.call(`${CONNECTOR}/resume`, connectorSchema, {
        method: 'POST',
        body: { version },
      });
    }
    return { connector, changed: true };
  } catch (error) {
    throw asAdvice(error);
  }
}

/** Throws a CliError when MaK keeps records equal with another workspace: its links would lead nowhere in this one. */
export function refuseOtherTwenty(
  connector: Connector | null,
  twenty: Pick<Door, 'address'>,
  isSameWorkspace: boolean,
): void {
  if (connector === null || connector.settings.address === twenty.address || isSameWorkspace)
    return;
  const { address } = connector.settings;
  throw new CliError(
    `MaK keeps the records of this company equal with another twenty: ${address}`,
    `Take it out there first: ./mak twenty uninstall --url ${address}`,
  );
}

/** MaK forgets what is linked; gives whether there was something to forget. The records of both sides stay. */
export async function disconnectRecords(mak: MakClient, address: string): Promise<boolean> {
  const before = await readConnector(mak);
  if (before === null || before.settings.address !== address) return false;
  await mak.call(CONNECTOR, z.unknown(), { method: 'DELETE' }).catch((error: unknown) => {
    throw asAdvice(error);
  });
  return true;
}

const webhooksSchema = z.object({
  webhooks: z.array(z.object({ id: z.string(), targetUrl: z.string() })),
});

/** Webhooks by which a twenty tells a MaK of changes. */
export async function findWebhooks(
  twenty: TwentyClient,
): Promise<z.output<typeof webhooksSchema>['webhooks']> {
  const { webhooks } = await twenty.metadata('{ webhooks { id targetUrl } }', {}, webhooksSchema);
  return webhooks.filter(({ targetUrl }) => /\/v1\/twenty\/[^/]+\/webhook$/.test(targetUrl));
}

/** Gives how many there were. */
export async function removeWebhooks(
  twenty: TwentyClient,
  webhooks: readonly { readonly id: string }[],
): Promise<number> {
  for (const { id } of webhooks)
    await twenty.metadata(
      'mutation Remove($id: UUID!) { deleteWebhook(id: $id) { id } }',
      { id },
      z.unknown(),
    );
  return webhooks.length;
}

/** What admins have set and the command does not decide. */
function kept({ version, entities, budget, highest_budget, poll_seconds }: Connector): object {
  const isOwn =
    budget.burst !== highest_budget.burst || budget.per_second !== highest_budget.per_second;
  return {
    version,
    entities: entities.filter(({ enabled }) => enabled).map(({ name }) => name),
    matrix: Object.fromEntries(
      entities.map(({ name, fields }) => [
        name,
        fields.flatMap(({ default: own, ...rule }) => (isSame(rule, own) ? [] : [rule])),
      ]),
    ),
    budget: isOwn ? budget : null,
    poll_seconds,
  };
}

function isSame(before: object, wanted: object): boolean {
  const values = new Map(Object.entries(before));
  return Object.entries(wanted).every(
    ([name, value]) => JSON.stringify(values.get(name)) === JSON.stringify(value),
  );
}
