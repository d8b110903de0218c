import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { MercuriusDriver } from '@nestjs/mercurius';
import type { MercuriusDriverConfig } from '@nestjs/mercurius';
import type { ProcessRole } from './bootstrap.ts';
import { connectors } from './connectors.ts';
import { entities } from './entities.ts';
import { features } from './features.ts';
import { jobs } from './jobs.ts';
import { AuthModule } from './platform/auth/index.ts';
import { ConfigModule } from './platform/config/config.module.ts';
import { DatabaseModule } from './platform/database/index.ts';
import { graphqlOptions } from './platform/graphql/graphql-options.ts';
import { IdempotencyModule } from './platform/idempotency/index.ts';
import { JobsModule } from './platform/jobs/index.ts';
import { MailModule } from './platform/mail/index.ts';
import { ObservabilityModule } from './platform/observability/index.ts';
import { OutboundHttpModule } from './platform/outbound-http/index.ts';
import { OutboxModule } from './platform/outbox/index.ts';
import { RecordsModule } from './platform/records/index.ts';
import { SecretsModule } from './platform/secrets/index.ts';
import { StorageModule } from './platform/storage/index.ts';

/** The api and the worker are the same modules; only the worker runs the jobs. */
@Module({})
export class AppModule {
  static as(role: ProcessRole): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule,
        ObservabilityModule,
        DatabaseModule.with(entities),
        AuthModule,
        IdempotencyModule,
        SecretsModule,
        StorageModule,
        MailModule,
        OutboundHttpModule,
        OutboxModule,
        RecordsModule,
        JobsModule.as(role, jobs),
        GraphQLModule.forRoot<MercuriusDriverConfig>({
          driver: MercuriusDriver,
          ...graphqlOptions,
        }),
        ...features,
        ...connectors,
      ],
    };
  }
}
