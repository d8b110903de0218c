export { ProvidesConnector } from './connector.ts';
export type { Connector, ConnectorContext, ConnectorEntity } from './connector.ts';
export { RemoteFailure } from './ports.ts';
export type {
  RemoteChange,
  RemotePage,
  RemoteRecord,
  RemoteRecords,
  SeenRecord,
  Written,
} from './ports.ts';
export {
  SyncConnectorEntity,
  SyncCursorEntity,
  SyncJournalEntity,
  SyncLinkEntity,
  SyncPendingEntity,
} from './sync.entity.ts';
