export { INTO, NEWEST, OUT, REMOTE_WINS } from './abilities.ts';
export type { Ability } from './abilities.ts';
export { ProvidesConnector } from './connector.ts';
export type {
  Connector,
  ConnectorAccess,
  ConnectorContext,
  NamedRecords,
  ConnectorEntity,
  Pace,
  Reach,
  RemoteOption,
  RemoteStatus,
} from './connector.ts';
export { ConnectorRegistry } from './connector-registry.ts';
export { ConnectorSettings } from './connector-settings.ts';
export type { ConnectorState, OpenedConnector } from './connector-settings.ts';
export { connectorSchema } from './connectors.dto.ts';
export type { ConnectorView } from './connectors.dto.ts';
export { ConnectorsService } from './connectors.service.ts';
export { SyncInbox } from './inbox.ts';
export { inDoubt, waitingSince } from './in-doubt.ts';
export type { HeardRecord } from './marks.ts';
export { SyncMessages } from './messages.ts';
export type { CameMessage, ListedMessage, MessageLog, ToldRecord } from './messages.repository.ts';
export { HIDDEN } from './personal-values.ts';
export { Parties } from './parties.ts';
export type { Here, Links, There } from './parties.ts';
export { DELETED_THERE, RemoteFailure } from './ports.ts';
export type {
  Lane,
  RemoteChange,
  RemotePage,
  RemoteRecord,
  RemoteRecords,
  SeenRecord,
  Written,
  WrittenThere,
} from './ports.ts';
export { Prepared } from './prepared.ts';
export { readOrBlock } from './read-or-block.ts';
export { waitOf } from './retry-after.ts';
export { requireSameAccount } from './same-account.ts';
export { spelledEmail, spelledName, spelledPhone } from './spelling.ts';
export { sync, syncMessages, syncPeople, syncReconcile, syncRetention } from './sync.jobs.ts';
export { SyncMetrics } from './sync.metrics.ts';
export { SyncModule } from './sync.module.ts';
export { SyncRunner } from './sync.runner.ts';
export {
  SyncConflictEntity,
  SyncConnectorEntity,
  SyncCursorEntity,
  SyncJournalEntity,
  SyncLinkEntity,
  SyncMessageEntity,
  SyncPendingEntity,
} from './sync.entity.ts';
export { secretFingerprint } from './fingerprint.ts';
export { leftWhereChanged, sentInVain } from './left-where-changed.ts';
export { takeTurn } from './turn.ts';
export type { Turns } from './turn.ts';
export { stampOf, versionOf } from './version.ts';
