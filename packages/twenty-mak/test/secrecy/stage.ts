import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWorld, gatherIntruders } from '../isolation/world.ts';
import type { World } from '../isolation/world.ts';
import { startApp } from '../support/app.ts';
import type { TestApp, TestTenant } from '../support/app.ts';
import { workIn } from '../support/auction.ts';
import { entered, keyWith, member } from '../support/leads.ts';
import { PASSWORD, signIn } from '../support/people.ts';
import { startReceiver } from '../support/receiver.ts';
import type { Receiver } from '../support/receiver.ts';
import { openTwentyFor } from '../support/twenty-stage.ts';
import type { TwentyStage } from '../support/twenty-stage.ts';
import { hearLog, hearRedis } from './ears.ts';
import {
  AMOUNT,
  amountWords,
  CONTACT,
  CONTACT_WORDS,
  MONEY,
  OPEN_BID,
  RESERVE,
  SEALED_A,
  SEALED_B,
} from './secrets.ts';
import type { SecretName, Secrets } from './secrets.ts';

/** Somebody who looks, and what may be seen before the open lot is won, and after both lots have ended. */
export interface Viewer {
  readonly name: string;
  readonly key: string | undefined;
  readonly address: string | null;
  readonly before: readonly SecretName[];
  readonly after: readonly SecretName[];
  /** May do nothing with the lead, so that every attempt is refused. */
  readonly isOutsider: boolean;
}

export interface Stage {
  readonly api: TestApp;
  readonly world: World;
  readonly tenant: TestTenant;
  readonly twenty: TwentyStage;
  readonly receiver: Receiver;
  readonly letters: string;
  /** Lines of the logs of both processes, and commands to Redis. */
  readonly log: string[];
  readonly redis: string[];
  readonly lots: { readonly open: string; readonly sealed: string };
  readonly viewers: readonly Viewer[];
  readonly secrets: Secrets;
  /** A bid of one of the two who bid. */
  readonly bid: (who: 'A' | 'B', lot: string, amount: number) => Promise<void>;
  /** Ends a lot; the worker closes it and tells everybody. */
  readonly end: (lot: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

const HOUR = 3_600_000;

/** A tenant in which a lead with unmistakable contact is on auction, a second lot takes sealed bids, and a real worker does its work. */
export async function openStage(): Promise<Stage> {
  const letters = mkdtempSync(join(tmpdir(), 'mak-secrecy-'));
  const env = { LOG_LEVEL: 'trace', MAK_MAIL_DIR: letters, MAK_POLL_INTERVAL_MS: '200' };
  const [log, redis]: string[][] = [[], []];
  const api = await startApp({ env: { ...env, MAK_RATE_PER_PERSON: '1000000' } });
  await hearLog(api, log ?? []);
  const worker = await startApp({
    role: 'worker',
    database: api.database,
    env: { ...env, PUBLIC_URL: api.url },
  });
  await hearLog(worker, log ?? []);
  const silence = await hearRedis(redis ?? []);
  const receiver = await startReceiver();

  const built = await buildWorld(api);
  const { world } = built;
  const tenant = { id: world.tenantId, key: world.tenantKey, apiKey: world.apiKey };
  // Twenty is the connector that is looked at; the one of that world is never polled.
  await api.database.query('DELETE FROM sync_connector WHERE tenant_id = $1', [tenant.id]);
  const twenty = await openTwentyFor(api, tenant);
  await twenty.connect();
  await made(api, '/v1/webhooks', tenant.apiKey, { url: receiver.url });

  const somebody = async (role: string, name: string): Promise<Person> => {
    const person = await member(api, tenant, role, name);
    return { ...person, address: `${name}.${tenant.key}@example.com` };
  };
  const seller = await somebody('partner', 'seller');
  const other = await somebody('partner', 'rival');
  const bidderA = await somebody('franchisee', 'axolotl');
  const bidderB = await somebody('franchisee', 'narwhal');
  const elsewhere = await somebody('franchisee', 'elsewhere');
  const employee = await somebody('employee', 'clerk');
  const guest = await somebody('guest', 'visitor');
  for (const { id } of [bidderA, bidderB]) {
    await workIn(api, tenant, id, ['kyiv'], []);
    const money = { account_id: id, amount: MONEY, currency: 'EUR', reference: id };
    await made(api, '/v1/wallet/top-ups', tenant.apiKey, money);
  }
  await workIn(api, tenant, elsewhere.id, ['odesa'], []);
  const staffA = await staffOf(api, tenant, bidderA.id, 'helper-a');
  const staffOfSeller = await staffOf(api, tenant, seller.id, 'helper-s');
  await withhold(api, tenant, 'employee', 'persons:read');

  const lead = await enterSecret(api, seller.token);
  const open = await offer(api, seller.token, {
    kind: 'ascending',
    lead_ids: [lead],
    start: 100,
    step: 1,
    reserve: RESERVE,
  });
  const plain = { name: 'Somebody else', city: 'kyiv', emails: ['else@example.com'] };
  const consent = { answer: 'given', evidence: 'form' };
  const { id: otherLead } = await entered(api, tenant.apiKey, { ...plain, consent });
  const sealed = await offer(api, tenant.apiKey, {
    kind: 'sealed',
    lead_ids: [otherLead],
    reserve: 100,
  });

  const intruders = await gatherIntruders(api, world, built.partner);
  const secrets: Secrets = {
    contact: CONTACT_WORDS,
    amount: [String(AMOUNT)],
    lead: [lead],
    reserve: [String(RESERVE)],
    bidderA: [bidderA.id, 'axolotl'],
    bidderB: [bidderB.id, 'narwhal'],
    sealedA: amountWords(SEALED_A, OPEN_BID),
    sealedB: amountWords(SEALED_B, OPEN_BID + 1),
  };
  const all: readonly SecretName[] = ['lead', 'amount', 'reserve', 'bidderA', 'bidderB'];
  /** Once they count for nothing any more, sealed bids are for who may see their lot. */
  const ended: readonly SecretName[] = ['sealedA', 'sealedB'];
  const viewer = (
    name: string,
    who: Pick<Person, 'token' | 'address'> | string | undefined,
    before: readonly SecretName[],
    after: readonly SecretName[],
    isOutsider = true,
  ): Viewer => ({
    ...{ name, before, after, isOutsider },
    key: typeof who === 'object' ? who.token : who,
    address: typeof who === 'object' ? who.address : null,
  });
  const seen: readonly SecretName[] = ['contact', 'lead', 'amount', 'reserve'];
  const winner: readonly SecretName[] = ['contact', 'lead', 'amount', 'bidderB', ...ended];
  const named: readonly SecretName[] = ['lead', 'reserve', 'bidderA', 'bidderB'];
  const bidding = await keyWith(api, tenant, ['auction:read', 'auction:bid', 'wallet:read']);
  const viewers = [
    viewer('anonymous', undefined, [], []),
    viewer('another tenant', intruders.foreignAdmin, [], []),
    viewer('client without scopes', intruders.withoutScopes, [], []),
    viewer('seller', seller, seen, seen, false),
    viewer('staff of the seller', staffOfSeller, seen, seen, false),
    viewer('another partner', other, [], []),
    viewer('bidder A', bidderA, ['bidderA', 'sealedA'], ['bidderA', ...ended]),
    viewer('staff of bidder A', staffA, ['bidderA', 'sealedA'], ['bidderA', ...ended]),
    viewer('bidder B, who wins', bidderB, ['bidderB', 'sealedB'], winner),
    viewer('franchisee who works elsewhere', elsewhere, [], []),
    viewer('guest', guest, [], []),
    viewer('employee without persons:read', employee, all, [...all, ...ended], false),
    viewer('client that bids', bidding, named, [...named, ...ended], false),
    viewer('head office', tenant.apiKey, ['contact', ...all], ['contact', ...all, ...ended], false),
  ];

  const bids = { A: bidderA.token, B: bidderB.token };
  return {
    ...{ api, tenant, twenty, receiver, letters, viewers, secrets },
    ...{ log: log ?? [], redis: redis ?? [], lots: { open, sealed } },
    world: { ...world, lead, lot: open, lotLead: lead, account: bidderA.id, company: bidderA.id },
    bid: async (who, lot, amount) => {
      const key = `${who}-${amount}`;
      await made(api, `/v1/lots/${lot}/bids`, bids[who], { key, amount });
    },
    end: async (lot) => {
      await api.database.query('UPDATE lot SET ends_at = clock_timestamp() WHERE id = $1', [lot]);
    },
    close: async () => {
      silence();
      await twenty.close();
      await worker.close();
      await receiver.close();
      await api.close();
    },
  };
}

interface Person {
  readonly id: string;
  readonly token: string;
  readonly address: string;
}

async function made<Body>(
  mak: TestApp,
  path: string,
  key: string,
  body: object,
  method = 'POST',
): Promise<Body> {
  const answer = await mak.call<Body>(path, { key, body, method });
  if (answer.status >= 300)
    throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

async function enterSecret(mak: TestApp, key: string): Promise<string> {
  const { name, phone, email, address, custom, comment } = CONTACT;
  const { id } = await entered(mak, key, {
    ...{ name, phones: [phone], emails: [email], city: 'kyiv', comment },
    ...{ amount: AMOUNT, currency: 'EUR' },
    attributes: { address, custom },
    consent: { answer: 'given', evidence: 'form' },
  });
  await made(mak, `/v1/leads/${id}/comments`, key, { text: `${comment}, ${phone}` });
  return id;
}

async function offer(mak: TestApp, key: string, terms: object): Promise<string> {
  const ends_at = new Date(Date.now() + HOUR).toISOString();
  const lot = { ...terms, currency: 'EUR', ends_at };
  return (await made<{ id: string }>(mak, '/v1/lots', key, lot)).id;
}

async function staffOf(
  mak: TestApp,
  { apiKey, key }: TestTenant,
  companyId: string,
  name: string,
): Promise<Person> {
  const address = `${name}.${key}@example.com`;
  const { account, invitation } = await made<{
    account: { id: string };
    invitation: { token: string };
  }>(mak, '/v1/staff', apiKey, { company_id: companyId, email: address, name });
  await mak.call('/v1/invitations/accept', {
    body: { token: invitation.token, password: PASSWORD },
  });
  return { id: account.id, token: (await signIn(mak, address)).token, address };
}

/** Takes a permission from a role. */
async function withhold(
  mak: TestApp,
  { apiKey }: TestTenant,
  role: string,
  permission: string,
): Promise<void> {
  const { body } = await mak.call<{
    items: {
      role: string;
      version: number;
      permissions: { key: string; allowed: boolean }[];
    }[];
  }>('/v1/roles', { key: apiKey });
  const found = body.items.find((one) => one.role === role);
  await made(
    mak,
    `/v1/roles/${role}`,
    apiKey,
    {
      version: found?.version,
      permissions: found?.permissions
        .filter(({ key, allowed }) => allowed && key !== permission)
        .map(({ key }) => key),
    },
    'PATCH',
  );
}
