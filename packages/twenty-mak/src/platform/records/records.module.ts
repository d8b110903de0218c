import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { RecordFeed } from './record-feed.ts';
import { RecordSources } from './record-sources.ts';

@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [RecordFeed, RecordSources],
  exports: [RecordFeed, RecordSources],
})
export class RecordsModule {}
