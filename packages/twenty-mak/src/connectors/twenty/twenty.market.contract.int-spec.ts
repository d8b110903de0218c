import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { destroyRun, fresh, RUN, told, written } from '../../../test/twenty-contract/records.ts';
import { openTarget, places } from '../../../test/twenty-contract/target.ts';
import type { Target } from '../../../test/twenty-contract/target.ts';
import { MARKET_ENTITIES } from './market-entities.ts';

const EUR = (minor: number) => ({ minor, currency: 'EUR' });

/** What MaK relies on of the objects of the trade in leads. */
describe.each(places())('leads, lots and bids in twenty as we rely on them: $name', (place) => {
  let target: Target;
  beforeAll(async () => {
    target = await openTarget(place);
  });
  afterAll(async () => {
    for (const { plural, singular } of MARKET_ENTITIES.toReversed())
      await told(
        target.client,
        `mutation Destroy($filter: ${capital(singular)}FilterInput!) { destroy${capital(plural)}(filter: $filter) { id } }`,
        { filter: { makId: { like: `${RUN}%` } } },
      );
    await destroyRun(target.client);
    await target.close();
  });

  it('keep what is written, lead to each other, and lose what is taken away', async () => {
    const id = (name: string): string => `${RUN}/${name}`;
    const company = { name: 'A', status: 'active', grade: 'gold', city: 'Київ', niche: 'IT' };
    const full = {
      partner: company,
      franchisee: { ...company, status: 'suspended' },
      lead: {
        ...{ name: 'Київ · IT', status: 'from_partner', status_name: 'Від партнера' },
        ...{ source: 'partner', city: 'Київ', niche: 'IT', amount: EUR(12_345) },
        ...{ owner: target.email, partner: id('partner'), franchisee: id('franchisee') },
        deal: id('deal'),
      },
      lead_auction: {
        ...{ name: 'Київ', lead: id('lead'), kind: 'ascending', status: 'sold' },
        ...{ start_price: EUR(100), current_price: EUR(250), buy_now_price: EUR(900) },
        ...{ starts_at: '2026-11-21T22:45:25.052Z', ends_at: '2026-11-22T22:45:25.052Z' },
        winner: id('franchisee'),
      },
      bid: {
        ...{ name: '#3', auction: id('lead_auction'), franchisee: id('franchisee') },
        ...{ amount: EUR(250), sequence: 3, status: 'won', placed_at: '2026-11-22T22:45:24.000Z' },
      },
    };
    await target.records.write('deal', [fresh('deal', { name: 'of a lead' })]);
    for (const [entity, values] of Object.entries(full)) {
      const [made] = await target.records.write(entity, [fresh(entity, values)]);
      expect(written(made).values, entity).toMatchObject(values);
    }
    for (const [entity, values] of Object.entries(full)) {
      const found = (await target.records.find(entity, [id(entity)])).get(id(entity));
      expect(found?.values, entity).toMatchObject(values);
      const none = Object.fromEntries(Object.keys(values).map((field) => [field, null]));
      const [emptied] = await target.records.write(entity, [
        { remoteId: found?.remoteId ?? '', localId: id(entity), values: none, version: null },
      ]);
      expect(written(emptied).values, entity).toMatchObject(none);
    }
  });
});

function capital(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
