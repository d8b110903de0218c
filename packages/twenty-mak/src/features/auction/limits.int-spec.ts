import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { faultsOf } from '../../../test/support/auction-checks.ts';
import {
  ASCENDING,
  giveMoney,
  makeLot,
  openCompanies,
  SEALED,
} from '../../../test/support/auction.ts';
import type { LotDraft, TestCompany } from '../../../test/support/auction.ts';
import { ClosingService } from './closing.service.ts';
import type { RulesView } from './rules.dto.ts';

const TOGETHER = 6;

let mak: TestApp;
let tenant: TestTenant;
let ann: TestCompany;

beforeAll(async () => {
  mak = await startApp({ env: { MAK_RATE_PER_PERSON: '10000' } });
  const opened = await openCompanies(mak, { ann: 'franchisee' });
  tenant = opened.tenant;
  [ann] = opened.companies as [TestCompany];
  await giveMoney(mak, tenant, ann, 100_000);
});
afterAll(() => mak.close());

const call = async <Body>(path: string, key: string, body?: object, method?: string) =>
  (await mak.call<Body>(path, { key, ...(body && { body }), ...(method && { method }) })).body;
const setRules = async (change: object) => {
  const { version, rules } = await call<RulesView>('/v1/auction/rules', tenant.apiKey);
  const body = { version, rules: { ...rules, ...change } };
  await call('/v1/auction/rules', tenant.apiKey, body, 'PUT');
};
const lots = (draft: LotDraft = {}) =>
  Promise.all(Array.from({ length: TOGETHER }, () => makeLot(mak, tenant, draft)));
const close = (lot: string) => mak.app.get(ClosingService).close(tenant.id, lot);

describe('lots that end at the same moment', () => {
  it.each([1, 3])('give out no more leads than a franchisee has room for: %i', async (capacity) => {
    await mak.database.query(
      'UPDATE lead SET buyer_id = NULL WHERE tenant_id = $1 AND buyer_id = $2',
      [tenant.id, ann.id],
    );
    await mak.database.query(
      'UPDATE company_profile SET lead_capacity = $2 WHERE account_id = $1',
      [ann.id, capacity],
    );
    await setRules({ redistribution: { relists: 0, cheaper_by: 0, assigns: true } });
    const ended = await lots({ opensIn: -1_000, endsIn: -1 });
    await Promise.all(ended.map(close));
    const given = await mak.database.query<{ lead_id: string }>(
      'SELECT lead_id FROM lot_lead WHERE assigned_to = $1 AND lot_id = ANY ($2::uuid[])',
      [ann.id, ended],
    );
    expect(given).toHaveLength(capacity);
    const mine = await mak.database.query('SELECT id FROM lead WHERE buyer_id = $1', [ann.id]);
    expect(mine).toHaveLength(capacity);
  });

  it('leave room where a lead was rejected', async () => {
    await mak.database.query('UPDATE company_profile SET lead_capacity = 1 WHERE account_id = $1', [
      ann.id,
    ]);
    const rejected = await mak.database.query(
      `UPDATE lead SET kind = 'rejected' WHERE tenant_id = $1 AND buyer_id = $2 RETURNING id`,
      [tenant.id, ann.id],
    );
    expect(rejected.length).toBeGreaterThan(0);
    const lot = await makeLot(mak, tenant, { opensIn: -1_000, endsIn: -1 });
    await close(lot);
    const [given] = await mak.database.query<{ assigned_to: string }>(
      'SELECT assigned_to FROM lot_lead WHERE lot_id = $1',
      [lot],
    );
    expect(given?.assigned_to).toBe(ann.id);
  });
});

describe('bids of one bidder on many lots at the same moment', () => {
  it.each([ASCENDING, SEALED, { ...ASCENDING, buyNow: 150 }])(
    'are no more than the limit of the day: $kind',
    async (terms) => {
      const { rules } = await call<RulesView>('/v1/auction/rules', tenant.apiKey);
      await mak.database.query("UPDATE company_profile SET grade = 'low' WHERE account_id = $1", [
        ann.id,
      ]);
      const [taken] = await mak.database.query<{ lots: number }>(
        `SELECT (SELECT count(*) FROM lot WHERE winner_id = $1)::int
           + (SELECT count(*) FROM lot WHERE leader_id = $1 AND outcome IS NULL)::int
           + (SELECT count(DISTINCT lot_id) FROM bid JOIN lot ON lot.id = lot_id
              WHERE bidder_id = $1 AND lot.kind = 'sealed' AND outcome IS NULL)::int AS lots`,
        [ann.id],
      );
      const limits = [{ grade: 'low', lots_per_day: (taken?.lots ?? 0) + 2 }];
      await setRules({ eligibility: { ...rules.eligibility, limits } });
      const open = await lots({ terms });
      const answers = await Promise.all(
        open.map((lot) =>
          call<{ code?: string }>(`/v1/lots/${lot}/bids`, ann.token, {
            key: randomUUID(),
            amount: 150,
          }),
        ),
      );
      const refused = answers.flatMap(({ code }) => code ?? []);
      expect(refused).toEqual(Array(TOGETHER - 2).fill('daily_limit_reached'));
      for (const lot of open) expect(await faultsOf(mak.database, tenant.id, lot)).toEqual([]);
    },
  );
});
