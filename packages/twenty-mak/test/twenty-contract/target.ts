import { randomBytes } from 'node:crypto';
import { TwentyClient } from '../../src/connectors/twenty/client.ts';
import type { TwentyAccess } from '../../src/connectors/twenty/client.ts';
import { TwentyDirectory } from '../../src/connectors/twenty/directory.ts';
import type { Links } from '../../src/connectors/twenty/directory.ts';
import { TwentyRecords } from '../../src/connectors/twenty/records.ts';
import { DEFAULT_LIMITS, TwentySimulator } from '../../src/connectors/twenty/simulator/index.ts';
import type { Limit } from '../../src/connectors/twenty/simulator/index.ts';
import { OutboundHttp } from '../../src/platform/outbound-http/index.ts';
import { RateLimiter } from '../../src/platform/rate-limit/index.ts';
import { testRedisUrl } from '../support/redis.ts';

/** A twenty that the contract is held against, with the connector's own parts in front of it. */
export interface Target {
  readonly address: string;
  readonly client: TwentyClient;
  readonly records: TwentyRecords;
  /** A member of the workspace. */
  readonly email: string;
  /** As a new process would have it: nothing is remembered. */
  open(access?: Partial<TwentyAccess>): { client: TwentyClient; records: TwentyRecords };
  close(): Promise<void>;
}

/** Where the contract is checked. A real twenty needs an API key with the role of an admin, and the MaK app. */
export interface Place {
  readonly name: string;
  readonly address: string | undefined;
  readonly apiKey: string | undefined;
  /** Of the simulator; a real one has its own. */
  readonly limits: readonly Limit[];
}

/** As in a real twenty, with the limit of a minute raised. */
const WIDE_LIMITS: readonly Limit[] = [
  { calls: 100, window: 1_000 },
  { calls: 100_000, window: 60_000 },
];
const SIMULATOR = { name: 'our simulator', address: undefined, apiKey: undefined };

export function places(): readonly Place[] {
  const { MAK_TWENTY_URL: address, MAK_TWENTY_API_KEY: apiKey } = process.env;
  const simulator: Place = { ...SIMULATOR, limits: WIDE_LIMITS };
  if (address !== undefined && apiKey !== undefined)
    return [simulator, { name: `the twenty at ${address}`, address, apiKey, limits: [] }];
  process.stderr.write(`
!!! The contract with twenty is checked against our own simulator ONLY.
!!! Set MAK_TWENTY_URL and MAK_TWENTY_API_KEY to check it against a real one.
`);
  return [simulator];
}

/** Where the limits are so narrow that a suite meets them: those of a twenty as it is installed. */
export function limitedPlaces(): readonly Place[] {
  const { MAK_TWENTY_LIMITED_URL: address, MAK_TWENTY_API_KEY: apiKey } = process.env;
  const simulator: Place = { ...SIMULATOR, limits: DEFAULT_LIMITS };
  if (address !== undefined && apiKey !== undefined)
    return [simulator, { name: `the twenty at ${address}`, address, apiKey, limits: [] }];
  process.stderr.write(
    '!!! MAK_TWENTY_LIMITED_URL is not set: the limits of a real twenty are NOT checked.\n',
  );
  return [simulator];
}

const NOTHING_LINKED: Links = {
  remoteIds: () => Promise.resolve(new Map()),
  localIds: () => Promise.resolve(new Map()),
  bring: () => Promise.resolve(),
  ours: (_entity, ids) => Promise.resolve(new Set(ids)),
};

/** Calls of a suite need no pacing; the workspace's own limits are what is looked at. */
const UNPACED = { burst: 1_000, perSecond: 1_000 };
export async function openTarget(place: Place): Promise<Target> {
  const http = new OutboundHttp({ MAK_ALLOW_PRIVATE_WEBHOOKS: true });
  const limiter = new RateLimiter({ REDIS_URL: testRedisUrl() });
  const simulator = place.address === undefined ? await simulated(place.limits) : undefined;
  const access: TwentyAccess = {
    address: simulator?.address ?? place.address ?? '',
    apiKey: simulator?.apiKey ?? place.apiKey ?? '',
    bucket: `contract:${randomBytes(6).toString('hex')}`,
    budget: UNPACED,
    lane: 'people',
  };
  const open: Target['open'] = (changes = {}) => {
    const client = new TwentyClient(http, limiter, { ...access, ...changes });
    const directory = new TwentyDirectory(client, [], NOTHING_LINKED);
    return { client, records: new TwentyRecords(client, directory) };
  };
  return {
    address: access.address,
    email: 'tim@apple.dev',
    open,
    ...open(),
    close: async () => {
      await http.onApplicationShutdown();
      limiter.onApplicationShutdown();
      await simulator?.close();
    },
  };
}

async function simulated(limits: readonly Limit[]): Promise<{
  address: string;
  apiKey: string;
  close: () => Promise<void>;
}> {
  const simulator = new TwentySimulator({ limits });
  simulator.workspace.upsert('workspaceMember', [{ userEmail: 'tim@apple.dev' }], { userId: null });
  const address = await simulator.listen();
  return { address, apiKey: simulator.apiKey, close: () => simulator.close() };
}
