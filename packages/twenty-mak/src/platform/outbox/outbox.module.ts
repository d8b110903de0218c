import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Bus } from './bus.ts';
import { BusConsumer } from './bus-consumer.ts';
import { OutboxDoorbell } from './outbox-doorbell.ts';
import { OutboxRelay } from './outbox-relay.ts';
import { OutboxRetention } from './outbox-retention.ts';

@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [Bus, BusConsumer, OutboxDoorbell, OutboxRelay, OutboxRetention],
  exports: [Bus],
})
export class OutboxModule {}
