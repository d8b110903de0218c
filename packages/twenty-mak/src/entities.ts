import { ArticleEntity, ArticleStockEntity } from './features/articles/index.ts';
import { OrderEntity } from './features/orders/index.ts';
import { RollupBuildEntity, RollupEntity } from './features/analytics/index.ts';
import { EventEntity, EventPersonEntity, EventRejectionEntity } from './features/events/index.ts';
import {
  DealArchiveEntity,
  DealEntity,
  DealRefEntity,
  DealSearchEntity,
  GateChangeEntity,
  PipelineMigrationEntity,
  StageChangeEntity,
  StageCounterEntity,
} from './features/deals/index.ts';
import {
  PipelineEntity,
  PipelineVersionEntity,
  SourceDefaultEntity,
} from './features/pipelines/index.ts';
import {
  BidAnswerEntity,
  BidEntity,
  LeadReturnEntity,
  LotEntity,
  LotFollowerEntity,
  LotLeadEntity,
  LotNoticeEntity,
  LotRuleEntity,
} from './features/auction/index.ts';
import {
  PaymentProviderEntity,
  WalletAccountEntity,
  WalletEntryEntity,
  WalletHoldEntity,
  WalletPostingEntity,
} from './features/wallet/index.ts';
import { AccountEntity } from './features/accounts/index.ts';
import { EmbedCodeEntity, EmbedSessionEntity } from './features/embedding/index.ts';
import { TwentyUserEntity, TwentyWorkspaceEntity } from './features/twenty-sign-in/index.ts';
import { AuditEntryEntity } from './features/audit/index.ts';
import { CompanyProfileEntity, RegistrationEntity } from './features/cabinets/index.ts';
import { RolePermissionEntity } from './features/roles/index.ts';
import { ExchangeRateEntity } from './features/exchange-rates/index.ts';
import { SavedViewEntity } from './features/views/index.ts';
import { ApiClientEntity } from './features/api-clients/index.ts';
import {
  ClientContactEntity,
  ClientContactFormerEntity,
  ClientEntity,
  ClientKeyEntity,
} from './features/clients/index.ts';
import {
  LeadBlockEntity,
  LeadCommentEntity,
  LeadConsentEntity,
  LeadContactEntity,
  LeadDuplicateEntity,
  LeadEntity,
  LeadKeyEntity,
  LeadOriginChangeEntity,
  LeadRefEntity,
  LeadSettingsEntity,
  LeadStatusChangeEntity,
} from './features/leads/index.ts';
import { SegmentEntity } from './features/segments/index.ts';
import { PersonAliasEntity, PersonKeyEntity } from './features/persons/index.ts';
import { TenantEntity } from './features/tenants/index.ts';
import { QualificationCardEntity, QualificationEntity } from './features/qualification/index.ts';
import { NotificationEntity } from './features/notifications/index.ts';
import { SlaRunEntity } from './features/sla/index.ts';
import { WebhookDeliveryEntity, WebhookSubscriptionEntity } from './features/webhooks/index.ts';
import { TaskEntity } from './features/tasks/index.ts';
import {
  SyncConflictEntity,
  SyncConnectorEntity,
  SyncCursorEntity,
  SyncJournalEntity,
  SyncLinkEntity,
  SyncMessageEntity,
  SyncPendingEntity,
} from './connectors/sync/index.ts';
import { AmocrmConsentEntity, AmocrmTokenEntity } from './connectors/amocrm/index.ts';
import { KeyCrmBuyerTurnEntity, KeyCrmMessageEntity } from './connectors/keycrm/index.ts';
import { TwentyMessageEntity } from './connectors/twenty/index.ts';
import { IdempotencyKeyEntity } from './platform/idempotency/index.ts';
import {
  FileImportEntity,
  ImportProfileEntity,
  ImportRejectEntity,
} from './features/imports/index.ts';
import type { Entity } from './platform/database/index.ts';
import { OutboxCursorEntity, OutboxEntity } from './platform/outbox/index.ts';

/** Every table; a test compares them with what the migrations make. */
export const entities: readonly Entity[] = [
  EventEntity,
  EventPersonEntity,
  EventRejectionEntity,
  TenantEntity,
  ApiClientEntity,
  AccountEntity,
  CompanyProfileEntity,
  RegistrationEntity,
  RolePermissionEntity,
  ExchangeRateEntity,
  SavedViewEntity,
  EmbedCodeEntity,
  EmbedSessionEntity,
  TwentyWorkspaceEntity,
  TwentyUserEntity,
  AuditEntryEntity,
  IdempotencyKeyEntity,
  PersonKeyEntity,
  PersonAliasEntity,
  PipelineEntity,
  PipelineVersionEntity,
  SourceDefaultEntity,
  DealEntity,
  DealRefEntity,
  DealSearchEntity,
  StageChangeEntity,
  GateChangeEntity,
  PipelineMigrationEntity,
  DealArchiveEntity,
  StageCounterEntity,
  SlaRunEntity,
  RollupEntity,
  RollupBuildEntity,
  ClientEntity,
  ClientKeyEntity,
  ClientContactEntity,
  ClientContactFormerEntity,
  ArticleEntity,
  ArticleStockEntity,
  OrderEntity,
  LeadBlockEntity,
  LeadCommentEntity,
  LeadConsentEntity,
  LeadContactEntity,
  LeadDuplicateEntity,
  LeadEntity,
  LeadKeyEntity,
  LeadOriginChangeEntity,
  LeadRefEntity,
  LeadSettingsEntity,
  LeadStatusChangeEntity,
  SegmentEntity,
  QualificationCardEntity,
  QualificationEntity,
  TaskEntity,
  NotificationEntity,
  WebhookSubscriptionEntity,
  WebhookDeliveryEntity,
  SyncConflictEntity,
  SyncConnectorEntity,
  SyncLinkEntity,
  SyncPendingEntity,
  SyncCursorEntity,
  SyncJournalEntity,
  SyncMessageEntity,
  TwentyMessageEntity,
  AmocrmConsentEntity,
  KeyCrmBuyerTurnEntity,
  KeyCrmMessageEntity,
  AmocrmTokenEntity,
  WalletAccountEntity,
  WalletEntryEntity,
  WalletPostingEntity,
  WalletHoldEntity,
  PaymentProviderEntity,
  LotRuleEntity,
  LotEntity,
  LotLeadEntity,
  LotFollowerEntity,
  LotNoticeEntity,
  BidEntity,
  BidAnswerEntity,
  LeadReturnEntity,
  FileImportEntity,
  ImportProfileEntity,
  ImportRejectEntity,
  OutboxEntity,
  OutboxCursorEntity,
];
