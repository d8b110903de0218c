import { Module } from '@nestjs/common';
import { SyncModule } from '../sync/index.ts';
import { AmocrmConnector } from './amocrm.connector.ts';

@Module({ imports: [SyncModule], providers: [AmocrmConnector] })
export class AmocrmConnectorModule {}
