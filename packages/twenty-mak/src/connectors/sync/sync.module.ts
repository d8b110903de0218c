import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ConnectorRegistry } from './connector-registry.ts';
import { ConnectorSettings } from './connector-settings.ts';
import { SyncInbox } from './inbox.ts';
import { SyncDoorbell } from './sync.doorbell.ts';
import { SyncMetrics } from './sync.metrics.ts';
import { SyncRetention } from './sync.retention.ts';
import { SyncRunner } from './sync.runner.ts';

@Module({
  imports: [DiscoveryModule],
  providers: [
    ConnectorRegistry,
    ConnectorSettings,
    SyncDoorbell,
    SyncInbox,
    SyncMetrics,
    SyncRetention,
    SyncRunner,
  ],
  exports: [ConnectorRegistry, ConnectorSettings, SyncInbox, SyncRunner],
})
export class SyncModule {}
