import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ConflictsController } from './conflicts.controller.ts';
import { ConflictsResolver } from './conflicts.resolver.ts';
import { ConflictsService } from './conflicts.service.ts';
import { ConnectorRegistry } from './connector-registry.ts';
import { ConnectorSettings } from './connector-settings.ts';
import { ConnectorsController } from './connectors.controller.ts';
import { ConnectorsResolver } from './connectors.resolver.ts';
import { ConnectorsService } from './connectors.service.ts';
import { SyncInbox } from './inbox.ts';
import { MessagesController } from './messages.controller.ts';
import { SyncMessageReader } from './messages.reader.ts';
import { MessagesResolver } from './messages.resolver.ts';
import { SyncMessages } from './messages.ts';
import { OptionsController } from './options.controller.ts';
import { OptionsResolver } from './options.resolver.ts';
import { OptionsService } from './options.service.ts';
import { RecordSyncResolver } from './record-sync.resolver.ts';
import { RecordSyncService } from './record-sync.service.ts';
import { SyncRecordsService } from './sync-records.service.ts';
import { SyncDoorbell } from './sync.doorbell.ts';
import { PeopleLane, RestLane } from './sync.lanes.ts';
import { SyncMetrics } from './sync.metrics.ts';
import { SyncReconciliation } from './sync.reconcile.ts';
import { SyncRetention } from './sync.retention.ts';
import { SyncRunner } from './sync.runner.ts';

@Module({
  imports: [DiscoveryModule],
  controllers: [ConnectorsController, ConflictsController, MessagesController, OptionsController],
  providers: [
    ConnectorRegistry,
    ConnectorSettings,
    ConnectorsService,
    ConnectorsResolver,
    ConflictsService,
    ConflictsResolver,
    RecordSyncResolver,
    RecordSyncService,
    SyncRecordsService,
    SyncDoorbell,
    SyncInbox,
    SyncMessages,
    SyncMessageReader,
    MessagesResolver,
    OptionsService,
    OptionsResolver,
    SyncMetrics,
    SyncReconciliation,
    SyncRetention,
    SyncRunner,
    PeopleLane,
    RestLane,
  ],
  exports: [
    ConnectorRegistry,
    ConnectorSettings,
    ConnectorsService,
    SyncInbox,
    SyncMessages,
    SyncMetrics,
    SyncRunner,
  ],
})
export class SyncModule {}
