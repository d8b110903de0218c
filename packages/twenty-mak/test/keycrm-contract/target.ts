import { randomBytes } from 'node:crypto';
import { KeyCrmApi } from '../../src/connectors/keycrm/api.ts';
import { KeyCrmClient } from '../../src/connectors/keycrm/client.ts';
import type { KeyCrmAccess } from '../../src/connectors/keycrm/client.ts';
import { paced } from '../../src/connectors/keycrm/pace.ts';
import { KeyCrmSimulator } from '../../src/connectors/keycrm/simulator/index.ts';
import type { Limit } from '../../src/connectors/keycrm/simulator/index.ts';
import { OutboundHttp } from '../../src/platform/outbound-http/index.ts';
import { RateLimiter } from '../../src/platform/rate-limit/index.ts';
import { testRedisUrl } from '../support/redis.ts';

/** A KeyCRM that the contract is held against, with the connector's own parts in front of it. */
export interface Target {
  readonly client: KeyCrmClient;
  readonly api: KeyCrmApi;
  open(access: Partial<KeyCrmAccess>): KeyCrmClient;
  close(): Promise<void>;
}

/** Where the contract is checked. A real account needs funnels; what is made there stays, under names of the run. */
export interface Place {
  readonly name: string;
  readonly real: { readonly address: string; readonly apiKey: string } | undefined;
}

const SIMULATOR: Place = { name: 'our simulator', real: undefined };
/** Calls of a suite need no pacing in front of a simulator. */
const UNPACED = { burst: 1_000, perSecond: 1_000 };
const WIDE: Limit = { calls: 100_000, window: 60_000 };

export function places(): readonly Place[] {
  const { MAK_KEYCRM_URL: address, MAK_KEYCRM_API_KEY: apiKey } = process.env;
  if (address !== undefined && apiKey !== undefined)
    return [SIMULATOR, { name: `the KeyCRM at ${address}`, real: { address, apiKey } }];
  process.stderr.write(`
!!! The contract with KeyCRM is checked against our own simulator ONLY.
!!! Set MAK_KEYCRM_URL and MAK_KEYCRM_API_KEY to check it against a real account. What is made there cannot be deleted by a program.
`);
  return [SIMULATOR];
}

export async function openTarget({ real }: Place, limit: Limit = WIDE): Promise<Target> {
  const http = new OutboundHttp({ MAK_ALLOW_PRIVATE_WEBHOOKS: true });
  const limiter = new RateLimiter({ REDIS_URL: testRedisUrl() });
  const simulator = real === undefined ? new KeyCrmSimulator({ limit }) : undefined;
  const address = real?.address ?? (await simulator?.listen()) ?? '';
  const access: KeyCrmAccess = {
    address,
    apiKey: real?.apiKey ?? simulator?.apiKey ?? '',
    bucket: `contract:${randomBytes(6).toString('hex')}`,
    budget: real === undefined ? UNPACED : paced(UNPACED, 60),
    lane: 'people',
  };
  const open: Target['open'] = (changes) =>
    new KeyCrmClient(http, limiter, { ...access, ...changes });
  const client = open({});
  return {
    client,
    api: new KeyCrmApi(client),
    open,
    close: async () => {
      await http.onApplicationShutdown();
      limiter.onApplicationShutdown();
      await simulator?.close();
    },
  };
}
