import { Initial1700000000001 } from './0001-initial.ts';
import { SignIn1700000000003 } from './0003-sign-in.ts';
import { ApiClients1700000000004 } from './0004-api-clients.ts';
import { Clients1700000000005 } from './0005-clients.ts';
import { People1700000000006 } from './0006-people.ts';
import { Board1700000000007 } from './0007-board.ts';
import { Analytics1700000000009 } from './0009-analytics.ts';
import { Timeline1700000000011 } from './0011-timeline.ts';
import { RollupMonths1700000000012 } from './0012-rollup-months.ts';
import { TwentySignIn1700000000013 } from './0013-twenty-sign-in.ts';
import { EmptyRollups1700000000014 } from './0014-empty-rollups.ts';
import { Sync1700000000015 } from './0015-sync.ts';
import { SyncFigures1700000000016 } from './0016-sync-figures.ts';
import { TwentyMessages1700000000017 } from './0017-twenty-messages.ts';
import { SyncSemantics1700000000018 } from './0018-sync-semantics.ts';
import { ContactVersion1700000000019 } from './0019-contact-version.ts';
import { SyncPeople1700000000021 } from './0021-sync-people.ts';
import { ToldPeople1700000000022 } from './0022-told-people.ts';
import { SyncDecisions1700000000023 } from './0023-sync-decisions.ts';
import { Cabinets1700000000024 } from './0024-cabinets.ts';
import { Leads1700000000025 } from './0025-leads.ts';
import { Auction1700000000026 } from './0026-auction.ts';
import { LeadFiles1700000000027 } from './0027-lead-files.ts';
import { SyncOrder1700000000028 } from './0028-sync-order.ts';
import { LeadPairs1700000000029 } from './0029-lead-pairs.ts';
import { ClientMerge1700000000030 } from './0030-client-merge.ts';
import { SegmentKinds1700000000031 } from './0031-segment-kinds.ts';
import { EarlierLeads1700000000032 } from './0032-earlier-leads.ts';
import { FileImports1700000000033 } from './0033-file-imports.ts';
import { BulkLeads1700000000034 } from './0034-bulk-leads.ts';
import { AmocrmTokens1700000000036 } from './0036-amocrm-tokens.ts';
import { Articles1700000000037 } from './0037-articles.ts';
import { Orders1700000000038 } from './0038-orders.ts';
import { SyncMessages1700000000039 } from './0039-sync-messages.ts';
import { AmocrmConsents1700000000040 } from './0040-amocrm-consents.ts';
import { EventPeople1700000000041 } from './0041-event-people.ts';
import { KeyCrmMessages1700000000044 } from './0044-keycrm-messages.ts';
import { OrderComments1700000000045 } from './0045-order-comments.ts';
import { SyncAccount1700000000046 } from './0046-sync-account.ts';
import { SyncSilence1700000000050 } from './0050-sync-silence.ts';
import { SyncDivergences1700000000051 } from './0051-sync-divergences.ts';
import { SyncAbsence1700000000052 } from './0052-sync-absence.ts';
import { SyncReasonCode1700000000058 } from './0058-sync-reason-code.ts';
import { SyncPollFrom1700000000059 } from './0059-sync-poll-from.ts';
import { SyncWhole1700000000060 } from './0060-sync-whole.ts';
import { ClientsOfLeads1700000000061 } from './0061-clients-of-leads.ts';
import { SyncAbsenceScan1700000000062 } from './0062-sync-absence-scan.ts';
import { LeadOrigins1700000000065 } from './0065-lead-origins.ts';
import { KeyCrmBuyerTurns1700000000067 } from './0067-keycrm-buyer-turns.ts';
import { WebhookSince1700000000068 } from './0068-webhook-since.ts';
import { KeyCrmMessagesNotRead1700000000073 } from './0073-keycrm-messages-not-read.ts';

/** In order; imported one by one because a glob is loaded differently by Node and by the test runner. */
export const migrations = [
  Initial1700000000001,
  SignIn1700000000003,
  ApiClients1700000000004,
  Clients1700000000005,
  People1700000000006,
  Board1700000000007,
  Analytics1700000000009,
  Timeline1700000000011,
  RollupMonths1700000000012,
  TwentySignIn1700000000013,
  EmptyRollups1700000000014,
  Sync1700000000015,
  SyncFigures1700000000016,
  TwentyMessages1700000000017,
  SyncSemantics1700000000018,
  ContactVersion1700000000019,
  SyncPeople1700000000021,
  ToldPeople1700000000022,
  SyncDecisions1700000000023,
  Cabinets1700000000024,
  Leads1700000000025,
  Auction1700000000026,
  LeadFiles1700000000027,
  SyncOrder1700000000028,
  LeadPairs1700000000029,
  ClientMerge1700000000030,
  SegmentKinds1700000000031,
  EarlierLeads1700000000032,
  FileImports1700000000033,
  BulkLeads1700000000034,
  AmocrmTokens1700000000036,
  Articles1700000000037,
  Orders1700000000038,
  SyncMessages1700000000039,
  AmocrmConsents1700000000040,
  EventPeople1700000000041,
  KeyCrmMessages1700000000044,
  OrderComments1700000000045,
  SyncAccount1700000000046,
  SyncSilence1700000000050,
  SyncDivergences1700000000051,
  SyncAbsence1700000000052,
  SyncReasonCode1700000000058,
  SyncPollFrom1700000000059,
  SyncWhole1700000000060,
  ClientsOfLeads1700000000061,
  SyncAbsenceScan1700000000062,
  LeadOrigins1700000000065,
  KeyCrmBuyerTurns1700000000067,
  WebhookSince1700000000068,
  KeyCrmMessagesNotRead1700000000073,
];
