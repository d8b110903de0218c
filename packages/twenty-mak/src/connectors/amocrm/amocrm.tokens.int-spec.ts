import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase } from '../../../test/support/database.ts';
import type { TestDatabase } from '../../../test/support/database.ts';
import { Database } from '../../platform/database/index.ts';
import { OutboundHttp } from '../../platform/outbound-http/index.ts';
import { SecretBox } from '../../platform/secrets/index.ts';
import { askForTokens } from './oauth.ts';
import type { Integration } from './oauth.ts';
import { AmocrmSimulator } from './simulator/index.ts';
import { TokensRepository } from './tokens.repository.ts';
import { RotatingTokens } from './tokens.ts';
import type { TokenPair } from './tokens.ts';

/** Milliseconds. */
const HOUR = 3_600_000;
const START = 1_772_700_000_000;

let place: TestDatabase;
/** As in two processes. */
let databases: readonly Database[];
const http = new OutboundHttp({ MAK_ALLOW_PRIVATE_WEBHOOKS: true });
const box = new SecretBox({ MAK_SECRET_KEY: 'a key of at least thirty-two characters' });

let now: number;
let amocrm: AmocrmSimulator;
let integration: Integration;
let tenantId: string;
/** Questions for tokens. */
let asked: number;

beforeAll(async () => {
  place = await createDatabase();
  const addresses = { PG_APP_URL: place.appUrl, PG_SCAN_URL: place.scanUrl, PG_POOL_SIZE: 8 };
  databases = await Promise.all([1, 2].map(() => Database.connect(addresses, [])));
});
afterAll(async () => {
  await http.onApplicationShutdown();
  await Promise.all(databases.map((database) => database.close()));
  await place.drop();
});

beforeEach(async () => {
  now = START;
  asked = 0;
  amocrm = new AmocrmSimulator({ now: () => now });
  const address = await amocrm.listen();
  amocrm.disturb = (request) => {
    if (request.url === '/oauth2/access_token') asked += 1;
    return 'arrives';
  };
  integration = { address, ...amocrm.oauth.integration };
  tenantId = randomUUID();
  await place.query('INSERT INTO tenant (id, key, name) VALUES ($1, $2, $2)', [
    tenantId,
    `t${tenantId}`,
  ]);
  await store().replace(await pairOf(amocrm.oauth.authorize()));
  asked = 0;
});
afterEach(() => amocrm.close());

function store(process = 0, address = integration.address): TokensRepository {
  const database = databases[process];
  if (database === undefined) throw new Error('There is no such process.');
  return new TokensRepository(database, box, tenantId, address);
}

async function pairOf(code: string): Promise<TokenPair> {
  const grant = { grant_type: 'authorization_code', code } as const;
  const answer = await askForTokens(http, integration, grant, () => now);
  if ('refusal' in answer) throw new Error(answer.refusal);
  return answer;
}

/** As a new process has it. */
function tokens(process = 0): RotatingTokens {
  return new RotatingTokens(
    store(process),
    (grant) => askForTokens(http, integration, grant, () => now),
    () => now,
  );
}

/** Whether amoCRM takes a token. */
async function works(token: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${integration.address}/api/v4/account`, { headers });
  await answer.body?.cancel();
  return answer.status === 200;
}

const row = () =>
  place.query<{ version: number; tried: boolean }>(
    `SELECT version, tried_at IS NOT NULL AS tried FROM amocrm_token WHERE tenant_id = '${tenantId}'`,
  );

describe('tokens', () => {
  it('are used as long as they are young, and kept so that nobody reads them', async () => {
    const first = await tokens().current();
    now += 11 * HOUR;
    expect(await tokens(1).current()).toBe(first);
    expect(asked).toBe(0);
    const [kept] = await place.query<{ sealed: Buffer }>(
      `SELECT sealed FROM amocrm_token WHERE tenant_id = '${tenantId}'`,
    );
    expect(kept?.sealed.includes(first)).toBe(false);
  });

  it('are exchanged once, however many calls of however many processes want it', async () => {
    const before = await tokens().current();
    now += 23 * HOUR;
    const all = await Promise.all(
      Array.from({ length: 12 }, (_, index) => tokens(index % 2).current()),
    );
    expect(new Set(all).size).toBe(1);
    expect(all[0]).not.toBe(before);
    expect(await works(all[0] ?? '')).toBe(true);
    expect(asked).toBe(1);
    expect(await row()).toEqual([{ version: 2, tried: false }]);
  });

  it('are exchanged again and again for a year', async () => {
    for (let day = 0; day < 365; day += 30) {
      now += 30 * 24 * HOUR;
      expect(await works(await tokens().current())).toBe(true);
    }
    expect(asked).toBe(13);
  });

  it('that were refused are exchanged, unless another process has done so', async () => {
    const first = await tokens().current();
    const second = await tokens().insteadOf(first);
    expect(second).not.toBe(first);
    expect(await tokens(1).insteadOf(first)).toBe(second);
    expect(asked).toBe(1);
  });

  it('that never arrived there are exchanged at the next try', async () => {
    const first = await tokens().current();
    now += 13 * HOUR;
    amocrm.disturb = (_request, _body, response) => {
      response.destroy();
      return 'answered';
    };
    expect(await tokens().current()).toBe(first);
    expect(await row()).toEqual([{ version: 1, tried: true }]);
    amocrm.disturb = () => 'arrives';
    const second = await tokens(1).current();
    expect(second).not.toBe(first);
    expect(await works(second)).toBe(true);
  });

  it('whose answer was lost work to their end, and then say what happened', async () => {
    const first = await tokens().current();
    now += 13 * HOUR;
    amocrm.disturb = () => 'answer lost';
    expect(await tokens().current()).toBe(first);
    amocrm.disturb = () => 'arrives';
    expect(await tokens(1).current()).toBe(first);
    expect(await works(first)).toBe(true);
    now += 12 * HOUR;
    await expect(tokens().current()).rejects.toMatchObject({
      kind: 'blocked',
      message: expect.stringContaining('an earlier exchange of tokens was lost'),
    });
    await store().replace(await pairOf(amocrm.oauth.authorize()));
    expect(await works(await tokens().current())).toBe(true);
  });

  it('are not asked for all the time while amoCRM is away', async () => {
    const own = tokens();
    now += 13 * HOUR;
    let tries = 0;
    amocrm.disturb = (_request, _body, response) => {
      tries += 1;
      response.writeHead(502).end('<html>');
      return 'answered';
    };
    for (let call = 0; call < 5; call += 1) await own.current();
    expect(tries).toBe(1);
    now += 61_000;
    await own.current();
    expect(tries).toBe(2);
  });

  it('of one account are shown to no other', async () => {
    const elsewhere = new RotatingTokens(store(0, 'https://elsewhere.example'), () =>
      Promise.reject(new Error('It was asked.')),
    );
    const refusal = { kind: 'blocked', message: expect.stringContaining(integration.address) };
    await expect(elsewhere.current()).rejects.toMatchObject(refusal);
    await expect(elsewhere.insteadOf('any')).rejects.toMatchObject(refusal);
    expect(await works(await tokens().current())).toBe(true);
  });

  it('that were taken back stop everything', async () => {
    const first = await tokens().current();
    amocrm.oauth.revokeAll();
    await expect(tokens().insteadOf(first)).rejects.toMatchObject({ kind: 'blocked' });
    await place.query(`DELETE FROM amocrm_token WHERE tenant_id = '${tenantId}'`);
    await expect(tokens().current()).rejects.toMatchObject({ kind: 'blocked' });
  });

  it('that amoCRM gave just when PostgreSQL went away are kept when it is back', async () => {
    const own = store();
    const { pair, version } = (await own.read()) ?? {};
    const next: TokenPair = { ...(pair as TokenPair), accessToken: 'next', refreshToken: 'next' };
    const kept = await own.exchange(version ?? 0, async () => {
      // The connections of this database end, as when PostgreSQL is restarted.
      await place.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'mak_app'",
      );
      return next;
    });
    expect(kept.pair.accessToken).toBe('next');
    expect((await own.read())?.pair.refreshToken).toBe('next');
  });
});
