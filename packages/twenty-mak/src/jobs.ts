import { keyCrmRetention } from './connectors/keycrm/index.ts';
import {
  sync,
  syncMessages,
  syncPeople,
  syncReconcile,
  syncRetention,
} from './connectors/sync/index.ts';
import { twentyInbox, twentyRetention } from './connectors/twenty/index.ts';
import { auctionClosing, auctionNotices } from './features/auction/index.ts';
import { rollupBuild } from './features/analytics/index.ts';
import { dealRefold } from './features/deals/index.ts';
import { fileImport } from './features/imports/index.ts';
import { leadCompare, leadRepair } from './features/leads/index.ts';
import { slaSweep } from './features/sla/index.ts';
import { webhookDelivery, webhookRetention } from './features/webhooks/index.ts';
import type { JobDefinition } from './platform/jobs/index.ts';
import { notify } from './platform/mail/index.ts';
import { outboxRelay, outboxRetention } from './platform/outbox/index.ts';

/** Every kind of background work. A process does not start unless each has exactly one handler. */
export const jobs: readonly JobDefinition[] = [
  dealRefold,
  leadCompare,
  fileImport,
  leadRepair,
  slaSweep,
  rollupBuild,
  webhookDelivery,
  webhookRetention,
  outboxRelay,
  outboxRetention,
  notify,
  auctionClosing,
  auctionNotices,
  sync,
  syncPeople,
  syncMessages,
  syncReconcile,
  syncRetention,
  twentyInbox,
  twentyRetention,
  keyCrmRetention,
];
