import { expect, it } from 'vitest';
import { notificationPath } from './notification-path.ts';

it.each([
  [{ kind: 'sla.breached', dealId: 'd', data: { timer: 'brief' } }, '/deals/d'],
  [{ kind: 'task.assigned', dealId: 'd', data: { task_id: 't' } }, '/deals/d'],
  [{ kind: 'task.assigned', dealId: null, data: {} }, null],
  [
    { kind: 'webhook.disabled', dealId: null, data: { subscription_id: 'w' } },
    '/settings/webhooks/w',
  ],
  [
    { kind: 'sync.conflict', dealId: 'd', data: { connector: 'a/b' } },
    '/settings/connectors/a%2Fb/conflicts',
  ],
  [
    { kind: 'sync.stopped', dealId: null, data: { connector: 'amocrm', reason: 'No.' } },
    '/settings/connectors/amocrm',
  ],
  [
    { kind: 'sync.dead_letter', dealId: null, data: { connector: 'keycrm' } },
    '/settings/connectors/keycrm/dead-letters',
  ],
  [{ kind: 'lead.duplicate', dealId: null, data: { lead_ids: ['l', 'm'] } }, '/leads/l'],
  [{ kind: 'lead.duplicate', dealId: null, data: {} }, '/leads'],
  [{ kind: 'lead_import.done', dealId: null, data: { import_id: 'i' } }, '/leads/import/i'],
  [{ kind: 'lead_import.failed', dealId: null, data: { import_id: 'i' } }, '/leads/import/i'],
  [{ kind: 'lead_import.done', dealId: null, data: {} }, null],
  [{ kind: 'client_import.done', dealId: null, data: { import_id: 'i' } }, '/clients/import/i'],
  [{ kind: 'registration.received', dealId: null, data: {} }, '/settings/registrations'],
  [{ kind: 'auction.outbid', dealId: null, data: { lot_id: 'l' } }, '/auction/l'],
  [
    {
      kind: 'auction.assigned',
      dealId: null,
      data: { lot_id: 'l', lead_ids: ['a', 'b'], count: 2 },
    },
    '/leads?kind=working',
  ],
  [
    { kind: 'auction.assigned', dealId: null, data: { lot_id: 'l', lead_ids: ['a'], count: 1 } },
    '/leads/a',
  ],
  [{ kind: 'auction.return_requested', dealId: null, data: {} }, '/returns?tab=open'],
  [{ kind: 'auction.return_decided', dealId: null, data: {} }, '/returns?tab=decided'],
  [{ kind: 'sync.conflict', dealId: 'd', data: null }, '/deals/d'],
  [{ kind: 'of another version', dealId: null, data: {} }, null],
])('%j leads to %s', (item, path) => {
  expect(notificationPath(item)).toBe(path);
});
