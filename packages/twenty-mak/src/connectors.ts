import type { DynamicModule, Type } from '@nestjs/common';
import { AmocrmConnectorModule } from './connectors/amocrm/index.ts';
import { KeyCrmConnectorModule } from './connectors/keycrm/index.ts';
import { SyncModule } from './connectors/sync/index.ts';
import { TwentyConnectorModule } from './connectors/twenty/index.ts';

/** The engine that keeps records equal, and every system that it knows. */
export const connectors: (Type | DynamicModule)[] = [
  SyncModule,
  TwentyConnectorModule,
  AmocrmConnectorModule,
  KeyCrmConnectorModule,
];
