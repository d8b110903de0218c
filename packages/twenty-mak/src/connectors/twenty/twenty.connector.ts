import { Inject, Injectable } from '@nestjs/common';
import type { Values } from 'twenty-mak-domain';
import { z } from 'zod';
import { CONFIG } from '../../platform/config/config.module.ts';
import type { Config } from '../../platform/config/config.ts';
import { Database } from '../../platform/database/index.ts';
import { OutboundHttp } from '../../platform/outbound-http/index.ts';
import { RateLimiter } from '../../platform/rate-limit/index.ts';
import { tenantKeyOf } from '../../platform/tenancy/index.ts';
import { Prepared, ProvidesConnector, readOrBlock } from '../sync/index.ts';
import type {
  Connector,
  ConnectorAccess,
  ConnectorContext,
  ConnectorEntity,
  Pace,
  RemoteRecords,
  RemoteStatus,
} from '../sync/index.ts';
import { TwentyClient } from './client.ts';
import { TwentyDirectory } from './directory.ts';
import { BATCH, kindsNamed, kindsReferredTo, storedValues, TWENTY_ENTITIES } from './entities.ts';
import { OPPORTUNITY } from './opportunity-entity.ts';
import { OwnWrites } from './own-writes.ts';
import { paced } from './pace.ts';
import { TwentyRecords } from './records.ts';
import { ensureWebhook, operationsOf, optionsOf, requireApp } from './settings-api.ts';

/** Stands in rows and addresses. */
export const TWENTY = 'twenty';

/** What twenty allows a workspace unless it was raised. */
const CALLS_PER_MINUTE = 100;

const settingsSchema = z.strictObject({
  address: z
    .url({ protocol: /^https?$/ })
    .transform((text) => new URL(text).origin)
    .describe('Origin of twenty, e.g. https://crm.example.com'),
  calls_per_minute: z
    .int()
    .min(10)
    .max(1_000_000)
    .default(CALLS_PER_MINUTE)
    .describe('What twenty allows the workspace: its API_RATE_LIMITING_LONG_LIMIT'),
  people: z
    .array(z.strictObject({ mak: z.email(), twenty: z.email() }))
    .max(1_000)
    .default([])
    .describe('People whose e-mail addresses differ between MaK and twenty'),
  opportunities: z
    .strictObject({ pipeline: z.uuid(), since: z.iso.datetime().optional() })
    .nullable()
    .default(null)
    .describe(
      'Opportunities become deals of this pipeline, those made since then or all; null: none do. Where the pipeline has a stage table, stages without an event in it are put right, and the journal names the old ones',
    ),
});
const secretsSchema = z.strictObject({
  api_key: z.string().min(1).max(4_096),
  webhook_secret: z.string().min(16).max(200),
});

/** twenty 2.21 takes at most 100 calls in a second, whatever it allows in a minute. */
const BUDGET = { burst: 20, perSecond: 80 };
/** What twenty has to have (our app, our webhook) is looked at again after this, in milliseconds. */
const PREPARED_FOR = 600_000;

/** What is known of a workspace that has our app. */
interface Workspace {
  readonly directory: TwentyDirectory;
  readonly own: OwnWrites;
}

/** Records of MaK in a workspace of twenty that has our app. */
@Injectable()
@ProvidesConnector({ key: TWENTY })
export class TwentyConnector implements Connector {
  readonly key = TWENTY;
  readonly title = 'twenty';
  readonly settings = settingsSchema;
  readonly secretsAreFor = ['address'];
  readonly secrets = secretsSchema;
  readonly budget = BUDGET;
  readonly entities: readonly ConnectorEntity[] = TWENTY_ENTITIES.map((entity) => ({
    name: entity.name,
    abilities: entity.fields.map(({ field, ability }) => ({ field, ...ability })),
    batch: BATCH,
    createsInMak: entity.createsInMak,
    whenNamed: entity.whenNamed ?? false,
    staysDeleted: entity.staysDeleted ?? false,
    unasked: entity.unasked ?? false,
    personal: entity.personal ?? [],
    ...(entity.moved === undefined ? {} : { moved: entity.moved }),
    references: kindsReferredTo(entity),
    after: kindsNamed(entity),
    asStored: (values) => storedValues(entity, values),
  }));
  private readonly workspaces = new Prepared<Workspace>(PREPARED_FOR);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(OutboundHttp) private readonly http: OutboundHttp,
    @Inject(RateLimiter) private readonly limiter: RateLimiter,
  ) {}

  /** Sees to it that the workspace has our app and tells us of changes. Rejects with a `RemoteFailure`. */
  async open(context: ConnectorContext): Promise<RemoteRecords> {
    const { tenantId, budget } = context;
    const settings = readOrBlock(settingsSchema, context.settings, 'settings');
    const { address, calls_per_minute, people, opportunities } = settings;
    const secrets = readOrBlock(secretsSchema, context.secrets, 'secrets');
    const client = this.client(context, settings, secrets.api_key);
    const of = [address, calls_per_minute, people, opportunities !== null, secrets, budget];
    const since = new Map(
      opportunities?.since === undefined ? [] : [[OPPORTUNITY.name, opportunities.since]],
    );
    const { directory, own } = await this.workspaces.get(tenantId, of, async () => {
      const entities = TWENTY_ENTITIES.filter(
        (entity) => entity !== OPPORTUNITY || opportunities !== null,
      );
      await requireApp(client, entities);
      await ensureWebhook(
        client,
        await this.webhookAddress(tenantId),
        secrets.webhook_secret,
        operationsOf(entities),
      );
      return { directory: new TwentyDirectory(client, people, context), own: new OwnWrites() };
    });
    return new TwentyRecords(client, directory.through(context), own, since);
  }

  optional(settings: unknown): Readonly<Record<string, Values | null>> {
    const { data } = settingsSchema.safeParse(settings);
    const { pipeline } = data?.opportunities ?? {};
    return { [OPPORTUNITY.name]: pipeline === undefined ? null : { pipeline } };
  }

  /** Stages of opportunities, as the workspace has them. */
  async statuses(context: ConnectorAccess): Promise<readonly RemoteStatus[]> {
    const settings = readOrBlock(settingsSchema, context.settings, 'settings');
    const { api_key } = readOrBlock(secretsSchema, context.secrets, 'secrets');
    const client = this.client(context, settings, api_key);
    const stages = await optionsOf(client, OPPORTUNITY.singular, 'stage');
    return stages.map((status) => ({ status, title: status, pipeline: null }));
  }

  pace({ tenantId, settings, budget }: Parameters<NonNullable<Connector['pace']>>[0]): Pace {
    const perMinute = settingsSchema.safeParse(settings).data?.calls_per_minute ?? CALLS_PER_MINUTE;
    return {
      bucket: bucketOf(tenantId),
      budget: paced(budget, perMinute),
    };
  }

  private client(
    { tenantId, budget, lane }: ConnectorAccess,
    { address, calls_per_minute }: z.output<typeof settingsSchema>,
    apiKey: string,
  ): TwentyClient {
    return new TwentyClient(this.http, this.limiter, {
      address,
      apiKey,
      bucket: bucketOf(tenantId),
      budget: paced(budget, calls_per_minute),
      lane,
    });
  }

  private async webhookAddress(tenantId: string): Promise<string> {
    const key = await this.database.within({ tenantId }, (tx) => tenantKeyOf(tx, tenantId));
    return `${new URL(this.config.PUBLIC_URL).origin}/v1/twenty/${key}/webhook`;
  }
}

function bucketOf(tenantId: string): string {
  return `twenty:${tenantId}`;
}
