import { randomBytes } from 'node:crypto';
import type { AmocrmAccess } from '../../src/connectors/amocrm/access.ts';
import { AmocrmClient } from '../../src/connectors/amocrm/client.ts';
import { paced } from '../../src/connectors/amocrm/pace.ts';
import { AmocrmSimulator } from '../../src/connectors/amocrm/simulator/index.ts';
import { LongLivedToken } from '../../src/connectors/amocrm/tokens.ts';
import type { Turns } from '../../src/connectors/sync/index.ts';
import { OutboundHttp } from '../../src/platform/outbound-http/index.ts';
import { LocalBucket } from '../../src/platform/rate-limit/index.ts';
import type { Budget, Grant } from '../../src/platform/rate-limit/index.ts';

/** An account that the contract is held against, with the connector's own client in front of it. */
export interface Target {
  readonly client: AmocrmClient;
  /** The same account with another token. */
  withToken(token: string): AmocrmClient;
  close(): Promise<void>;
}

/**
 * Where the contract is checked. A real account needs a long-lived token of an admin. Records cannot be deleted through the API,
 * so what the suite makes stays there: take an account that is there for nothing else.
 */
export interface Place {
  readonly name: string;
  readonly address: string | undefined;
  readonly token: string | undefined;
}

/** Names everything that one run makes. */
export const RUN = `MaK contract ${randomBytes(4).toString('hex')}`;

export function places(): readonly Place[] {
  const { MAK_AMOCRM_URL: address, MAK_AMOCRM_TOKEN: token } = process.env;
  const simulator: Place = { name: 'our simulator', address: undefined, token: undefined };
  if (address !== undefined && token !== undefined)
    return [simulator, { name: `the account at ${address}`, address, token }];
  process.stderr.write(`
!!! The contract with amoCRM is checked against our own simulator ONLY.
!!! Set MAK_AMOCRM_URL and MAK_AMOCRM_TOKEN to check it against a real account.
`);
  return [simulator];
}

/** Turns of this process alone: nobody else calls while a suite runs. */
export class LocalTurns implements Turns {
  pauses = 0;
  private readonly buckets = new Map<string, LocalBucket>();

  take(name: string, budget: Budget): Promise<Grant> {
    const bucket = this.buckets.get(name) ?? new LocalBucket(budget, performance.now());
    this.buckets.set(name, bucket);
    return Promise.resolve(bucket.take(1, performance.now(), budget.leaves));
  }

  pause(): Promise<number> {
    this.pauses += 1;
    return Promise.resolve(1_000);
  }
}

/** A simulator is asked as fast as it answers; its limits have a spec of their own. */
const UNPACED: Budget = { burst: 1_000, perSecond: 1_000 };
const WIDE = { perSecond: 10_000, accountPerSecond: 10_000 };

export async function openTarget({ address, token }: Place): Promise<Target> {
  const http = new OutboundHttp({ MAK_ALLOW_PRIVATE_WEBHOOKS: true });
  const simulator = address === undefined ? new AmocrmSimulator({ limits: WIDE }) : undefined;
  const access: AmocrmAccess = {
    address: (await simulator?.listen()) ?? address ?? '',
    bucket: 'contract',
    budget: simulator === undefined ? paced({ burst: 2, perSecond: 5 }, 'people') : UNPACED,
  };
  const turns = new LocalTurns();
  const withToken = (own: string): AmocrmClient =>
    new AmocrmClient(http, turns, new LongLivedToken(own), access);
  return {
    client: withToken(simulator?.oauth.longLived() ?? token ?? ''),
    withToken,
    close: async () => {
      await http.onApplicationShutdown();
      await simulator?.close();
    },
  };
}
