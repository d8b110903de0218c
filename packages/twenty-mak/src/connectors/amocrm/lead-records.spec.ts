import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalTurns } from '../../../test/amocrm-contract/target.ts';
import { OutboundHttp } from '../../platform/outbound-http/index.ts';
import type { RemoteChange } from '../sync/index.ts';
import { readAccount } from './account.ts';
import { AmocrmClient } from './client.ts';
import { LeadRecords } from './lead-records.ts';
import { AmocrmSimulator } from './simulator/index.ts';
import { LongLivedToken } from './tokens.ts';

/** What amoCRM does in time. */
const MOST = 2;

let amocrm: AmocrmSimulator;
let http: OutboundHttp;
let leads: LeadRecords;
/** Rows of every call that wrote. */
let sizes: number[];

beforeEach(async () => {
  amocrm = new AmocrmSimulator({ limits: { perSecond: 10_000, accountPerSecond: 10_000 } });
  http = new OutboundHttp({ MAK_ALLOW_PRIVATE_WEBHOOKS: true });
  const budget = { burst: 1_000, perSecond: 1_000 };
  const access = { address: await amocrm.listen(), bucket: 'x', budget };
  const token = new LongLivedToken(amocrm.oauth.longLived());
  const client = new AmocrmClient(http, new LocalTurns(), token, access);
  leads = new LeadRecords(client, await readAccount(client));
  sizes = [];
});
afterEach(async () => {
  await http.onApplicationShutdown();
  await amocrm.close();
});

const fresh = (count: number): RemoteChange[] =>
  Array.from({ length: count }, (_, index) => ({
    remoteId: null,
    localId: randomUUID(),
    values: { name: `Lead ${index}` },
    version: null,
  }));

/** From now on a call with many rows takes amoCRM too long. */
function becomeSlow(): void {
  amocrm.disturb = (request, body, response) => {
    if (request.method === 'GET') return 'arrives';
    sizes.push((JSON.parse(body) as unknown[]).length);
    if ((sizes.at(-1) ?? 0) <= MOST) return 'arrives';
    response.writeHead(504, { 'content-type': 'text/html' }).end('<html>');
    return 'answered';
  };
}

describe('leads that take amoCRM too long', () => {
  it('are changed in halves', async () => {
    const made = await leads.write('deal', fresh(8));
    becomeSlow();
    const renamed = made.flatMap((one) =>
      one.kind === 'written'
        ? [{ remoteId: one.id, localId: randomUUID(), values: { name: 'X' }, version: one.version }]
        : [],
    );
    const written = await leads.write('deal', renamed);
    expect(written.map(({ kind }) => kind)).toEqual(Array(8).fill('written'));
    expect(sizes).toEqual([8, 4, 2, 2, 4, 2, 2]);
    const names = [...amocrm.account.records.leads.values()].map(({ scalars }) => scalars['name']);
    expect(names).toEqual(Array(8).fill('X'));
  });

  it('are made fewer at once, when it is tried again', async () => {
    becomeSlow();
    const changes = fresh(5);
    const outcomes: string[] = [];
    for (let attempt = 0; attempt < 10 && outcomes.at(-1) !== 'done'; attempt += 1)
      outcomes.push(
        await leads.write('deal', changes).then(
          () => 'done',
          (error: unknown) => (error as { kind: string }).kind,
        ),
      );
    expect(new Set(outcomes.slice(0, -1))).toEqual(new Set(['unavailable']));
    expect(outcomes.at(-1)).toBe('done');
    expect(amocrm.account.records.leads.size).toBe(5);
  });
});
