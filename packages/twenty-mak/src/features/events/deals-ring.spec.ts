import { expect, it } from 'vitest';
import { dealsRing, readDealsRing } from './deals-ring.ts';

it('carries deals and whom they were taken from, whatever the owner is called', () => {
  const deals = [
    { id: '01a1febd-310e-72a3-b904-2fa6768c7878', formerOwner: null },
    { id: '01a1febd-310e-72a3-b904-2fa6768c7879', formerOwner: 'Ann: née "B" % \n' },
    { id: '01a1febd-310e-72a3-b904-2fa6768c787a', formerOwner: null },
  ];
  expect(readDealsRing(dealsRing('tenant', deals))).toEqual({ tenantId: 'tenant', deals });
  expect(readDealsRing(dealsRing('tenant', []))).toEqual({ tenantId: 'tenant', deals: [] });
});
