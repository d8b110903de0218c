const TYPES = [
  ...[
    'crm.deal.created',
    'crm.deal.created',
    'crm.deal.created',
    'crm.brief.submitted',
    'crm.brief.withdrawn',
  ],
  ...[
    'media.mediaplan.ready',
    'media.mediaplan.rejected',
    'crm.offer.approved',
    'docflow.contract.signed',
  ],
  ...[
    'mediapush.campaign.started',
    'dcm.invoice.issued',
    'dcm.closeout.completed',
    'crm.deal.lost',
  ],
  ...[
    'deal.reopened',
    'deal.archived',
    'deal.restored',
    'deal.updated',
    'deal.owner.changed',
    'deal.note.added',
  ],
  ...['domain.stage.changed', 'kpi.reported', 'kpi.reported', 'nps.answered'],
];

export function randomOf<Item>(random: () => number, items: readonly Item[]): Item | undefined {
  return items[Math.floor(random() * items.length)];
}

/** An event of one of a few deals, at any time of the period: late, early, before its deal exists. */
export function randomEvent(
  random: () => number,
  id: string,
  period: { readonly from: number; readonly to: number },
): object {
  const pick = <Item>(...items: readonly Item[]): Item | undefined => randomOf(random, items);
  const type = pick(...TYPES) ?? '';
  const deal = Math.floor(random() * 14);
  // Deals have two names; an event with both brings together what waited under each.
  const refs = [
    { system: 'crm', id: `${deal}` },
    { system: 'dwh', id: `d${deal}` },
  ];
  const named = random() < 0.4 ? refs : [pick(...refs)];
  return {
    event_id: id,
    source: pick('crm', 'dwh'),
    type,
    external_refs: named,
    occurred_at: new Date(
      period.from + Math.floor(random() * (period.to - period.from)),
    ).toISOString(),
    data: dataOf(type, pick),
  };
}

function dataOf(type: string, pick: <Item>(...items: readonly Item[]) => Item | undefined): object {
  switch (type) {
    case 'crm.deal.created':
    case 'deal.updated':
      return {
        amount: pick(100, 250, 9_007_199_254_740_991, 0),
        currency: pick('EUR', 'UAH'),
        owner_id: pick('ann', 'bob'),
      };
    case 'deal.owner.changed':
      return { owner_id: pick('ann', 'bob', null) };
    case 'deal.note.added':
      return { text: 'A note' };
    case 'domain.stage.changed':
      return { system: pick('mediapush', 'legal'), stage: pick('in_planning', 'in_review') };
    case 'kpi.reported':
      return {
        week: 3,
        impressions: pick(1_000, 2_500),
        spend: pick(0.1, 12.345, -7.5),
        clicks: pick<unknown>(5, '5', null),
        ...(pick(true, false) === true ? { currency: 'EUR' } : {}),
      };
    case 'nps.answered':
      return { score: pick<unknown>(0, 6, 8, 10, 11, 9.5, '9', null), comment: pick('Fine', '') };
    default:
      return {};
  }
}
