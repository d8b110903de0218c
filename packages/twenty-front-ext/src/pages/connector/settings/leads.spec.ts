import { describe, expect, it } from 'vitest';
import { inOrder, leadSettings, leadsOf, proposed } from './leads.ts';

const STORED = {
  leads: {
    pipelines: [7, 8],
    source: null,
    statuses: [{ mak: 'new', amocrm: '7:71' }],
    fields: { city: 5, niche: null, source: null, handling: null },
  },
};

describe('which leads of amoCRM are leads here', () => {
  it('is sent as it was stored', () => {
    expect(leadSettings(leadsOf(STORED))).toEqual(STORED.leads);
    expect(leadSettings(leadsOf({}))).toBeNull();
  });

  it('goes without statuses of pipelines that are not chosen any more', () => {
    const values = { ...leadsOf(STORED), pipelines: ['8'] };
    expect(leadSettings(values)).toMatchObject({ pipelines: [8], statuses: [] });
  });

  it('proposes statuses by name and by how they end, and leaves alone what was chosen', () => {
    const own = [
      { key: 'new', title: 'Talking', kind: 'new' as const },
      { key: 'in_work', title: 'talking', kind: 'working' as const },
      { key: 'sold', title: 'Sold', kind: 'sold' as const },
      { key: 'done', title: 'Converted', kind: 'converted' as const },
    ];
    const there = [
      { value: '9:91', label: 'Sales: Sold' },
      { value: '7:72', label: 'Inbound: Talking' },
      { value: '7:142', label: 'Inbound: Closed - won' },
    ];
    expect(proposed(leadsOf(STORED), own, there)).toEqual({
      ...{ new: '7:71', in_work: '7:72', done: '7:142' },
    });
  });

  it('sends statuses in the tenant’s order, first those that people may choose', () => {
    const own = [
      { key: 'sold', title: 'Sold', kind: 'sold' as const },
      { key: 'new', title: 'New', kind: 'new' as const },
      { key: 'done', title: 'Converted', kind: 'converted' as const },
    ];
    const statuses = { gone: '7:70', sold: '7:142', done: '7:142', new: '7:71' };
    const sent = leadSettings({ ...leadsOf(STORED), statuses: inOrder(statuses, own) });
    expect(sent).toMatchObject({
      statuses: [
        ...[
          { mak: 'new', amocrm: '7:71' },
          { mak: 'done', amocrm: '7:142' },
        ],
        ...[
          { mak: 'sold', amocrm: '7:142' },
          { mak: 'gone', amocrm: '7:70' },
        ],
      ],
    });
  });
});
