import { Inject, Injectable, Logger } from '@nestjs/common';
import type { FieldAbility } from 'twenty-mak-domain';
import { z } from 'zod';
import { CONFIG } from '../../platform/config/config.module.ts';
import type { Config } from '../../platform/config/config.ts';
import { Database } from '../../platform/database/index.ts';
import { OutboundHttp } from '../../platform/outbound-http/index.ts';
import { RateLimiter } from '../../platform/rate-limit/index.ts';
import { ProvidesConnector, RemoteFailure } from '../sync/index.ts';
import type {
  Connector,
  ConnectorAccess,
  ConnectorContext,
  ConnectorEntity,
  Pace,
  RemoteRecords,
} from '../sync/index.ts';
import { readAccount } from './account.ts';
import type { AmocrmAccount } from './account.ts';
import { AmocrmClient } from './client.ts';
import { BATCH, LeadRecords } from './lead-records.ts';
import { storedLeadValues } from './lead-values.ts';
import { AMOCRM_BUDGET, paced } from './pace.ts';
import { LongLivedToken } from './tokens.ts';
import { doorFor } from './webhook-door.ts';
import type { DoorPlace } from './webhook-door.ts';
import { ensureWebhook } from './webhook-subscription.ts';

/** Stands in rows and addresses. */
export const AMOCRM = 'amocrm';

const settingsSchema = z.strictObject({
  address: z
    .url({ protocol: /^https?$/ })
    .transform((text) => new URL(text).origin)
    .describe('Origin of the account, e.g. https://example.amocrm.ru or https://example.kommo.com'),
  people: z
    .array(z.strictObject({ mak: z.email(), amocrm: z.email() }))
    .max(1_000)
    .default([])
    .describe('People whose e-mail addresses differ between MaK and amoCRM'),
  nobody: z
    .email()
    .nullable()
    .default(null)
    .describe(
      'E-mail address in amoCRM of who is responsible there for deals without an owner here, best a user for nothing else; null: whose token it is',
    ),
});
const secretsSchema = z.strictObject({
  token: z
    .string()
    .min(1)
    .max(8_192)
    .describe('Long-lived token of a private integration, made by an admin'),
});

/** People, statuses, fields and our webhook are looked at again after this, in milliseconds. */
const ACCOUNT_LASTS = 300_000;

/** Edited by people on both sides; the last one wins. */
const NEWEST: Omit<FieldAbility, 'field'> = {
  directions: ['in', 'out', 'both'],
  rule: { direction: 'both', priority: 'newest', critical: false },
};
/** Follows from facts in MaK. */
const OUT: Omit<FieldAbility, 'field'> = {
  directions: ['out'],
  rule: { direction: 'out', priority: 'mak', critical: false },
};

interface Prepared {
  readonly of: string;
  readonly at: number;
  readonly account: AmocrmAccount;
}

/** MaK's deals as leads of an account of amoCRM or Kommo. */
@Injectable()
@ProvidesConnector({ key: AMOCRM })
export class AmocrmConnector implements Connector {
  readonly key = AMOCRM;
  readonly title = 'amoCRM';
  readonly settings = settingsSchema;
  readonly secrets = secretsSchema;
  readonly budget = AMOCRM_BUDGET;
  readonly entities: readonly ConnectorEntity[] = [
    {
      name: 'deal',
      abilities: [
        { field: 'name', ...NEWEST },
        { field: 'amount', ...NEWEST },
        { field: 'owner', ...NEWEST },
        { field: 'status', ...OUT },
      ],
      batch: BATCH,
      createsInMak: true,
      staysDeleted: true,
      moved: 'status',
      asStored: storedLeadValues,
    },
  ];
  private readonly prepared = new Map<string, Prepared>();

  private readonly logger = new Logger(AmocrmConnector.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(OutboundHttp) private readonly http: OutboundHttp,
    @Inject(RateLimiter) private readonly limiter: RateLimiter,
  ) {}

  /** Rejects with a `RemoteFailure`. */
  async open(context: ConnectorContext): Promise<RemoteRecords> {
    return new LeadRecords(this.client(context), await this.account(context));
  }

  /** Ids of pipeline and status, with a colon between. */
  async statuses(context: ConnectorAccess): Promise<readonly string[]> {
    const { statuses } = await readAccount(this.client(context));
    return statuses.map(({ pipelineId, statusId }) => `${pipelineId}:${statusId}`);
  }

  pace({ tenantId, budget }: Parameters<NonNullable<Connector['pace']>>[0]): Pace {
    return { bucket: bucketOf(tenantId), budget: paced(budget, 'people') };
  }

  private async account(context: ConnectorContext): Promise<AmocrmAccount> {
    const { tenantId, settings, secrets } = context;
    const of = JSON.stringify([settings, secrets]);
    const known = this.prepared.get(tenantId);
    if (known?.of === of && performance.now() - known.at < ACCOUNT_LASTS) return known.account;
    const client = this.client(context);
    const own = readOrBlock(settingsSchema, settings, 'settings');
    const account = await readAccount(client, own);
    await this.subscribe(client, { tenantId, address: own.address }, account);
    this.prepared.set(tenantId, { of, at: performance.now(), account });
    return account;
  }

  /** Not every plan of amoCRM has webhooks: without them changes are found by asking. */
  private async subscribe(
    client: AmocrmClient,
    place: DoorPlace,
    { id, userId }: AmocrmAccount,
  ): Promise<void> {
    const { tenantId } = place;
    const [tenant] = await this.database.within({ tenantId }, (tx) =>
      tx.query<{ key: string }>('SELECT key FROM tenant WHERE id = $1', [tenantId]),
    );
    const ours = `${new URL(this.config.PUBLIC_URL).origin}/v1/amocrm/${tenant?.key ?? ''}/webhook/`;
    const who = { accountId: String(id), userId: String(userId) };
    const door = doorFor(this.config.MAK_SECRET_KEY, place, who);
    const refusal = await ensureWebhook(client, ours, `${ours}${door}`);
    if (refusal !== null)
      this.logger.warn(`amoCRM tells tenant ${tenantId} of no changes: ${refusal}`);
  }

  private client({ tenantId, settings, secrets, budget, lane }: ConnectorAccess): AmocrmClient {
    const { address } = readOrBlock(settingsSchema, settings, 'settings');
    const { token } = readOrBlock(secretsSchema, secrets, 'secrets');
    return new AmocrmClient(this.http, this.limiter, new LongLivedToken(token), {
      address,
      bucket: bucketOf(tenantId),
      budget: paced(budget, lane),
    });
  }
}

/** Of the tenant and not of the account: an account that another tenant names must not take its turns. */
function bucketOf(tenantId: string): string {
  return `amocrm:${tenantId}`;
}

function readOrBlock<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const path = read.error.issues[0]?.path.join('.') ?? '';
  throw new RemoteFailure(
    'blocked',
    `The ${what} of this connector do not fit: ${path}. Set them again.`,
  );
}
