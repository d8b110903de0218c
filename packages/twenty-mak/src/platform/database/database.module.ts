import { Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationShutdown } from '@nestjs/common';
import { CONFIG } from '../config/config.module.ts';
import type { Config } from '../config/config.ts';
import { Database } from './database.ts';
import type { Entity } from './database.ts';

@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(Database) private readonly database: Database) {}

  static with(entities: readonly Entity[]): DynamicModule {
    const database = {
      provide: Database,
      inject: [CONFIG],
      useFactory: (config: Config) => Database.connect(config, entities),
    };
    return { module: DatabaseModule, global: true, providers: [database], exports: [Database] };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}
