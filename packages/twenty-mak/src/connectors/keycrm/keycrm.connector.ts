import { Inject, Injectable } from '@nestjs/common';
import type { FieldAbility } from 'twenty-mak-domain';
import type { z } from 'zod';
import { Database } from '../../platform/database/index.ts';
import { OutboundHttp } from '../../platform/outbound-http/index.ts';
import { RateLimiter } from '../../platform/rate-limit/index.ts';
import { RecordSources } from '../../platform/records/index.ts';
import { ProvidesConnector, RemoteFailure, requireSameAccount } from '../sync/index.ts';
import type {
  Connector,
  ConnectorAccess,
  ConnectorContext,
  ConnectorEntity,
  Pace,
  RemoteOption,
  RemoteRecords,
} from '../sync/index.ts';
import { readAccount, readOptions } from './account.ts';
import type { KeyCrmAccount } from './account.ts';
import { KeyCrmApi } from './api.ts';
import { BuyerRecords } from './buyer-records.ts';
import { storedBuyerValues } from './buyer-values.ts';
import { KeyCrmClient } from './client.ts';
import { KeyCrmRecords } from './keycrm-records.ts';
import { OfferRecords } from './offer-records.ts';
import { storedOfferValues } from './offer-values.ts';
import { OrderRecords } from './order-records.ts';
import { storedOrderValues } from './order-values.ts';
import { paced } from './pace.ts';
import { accessSchema, CALLS_PER_MINUTE, secretsSchema, settingsSchema } from './settings.ts';

/** Stands in rows and addresses. */
export const KEYCRM = 'keycrm';

/** Sources, statuses and payment methods of an account are read again after this, in milliseconds. */
const ACCOUNT_LASTS = 300_000;
/** Records in one page of a list, and in one call for stocks and prices. */
const BATCH = 50;
/**
 * A contact takes up to six calls, an order as many beside those of who buys, and there is about one call a second: a batch
 * has to end long before its lease does.
 */
const CONTACTS = 8;
const ORDERS = 3;

/** Edited by people on both sides; the last one wins. */
const NEWEST: Omit<FieldAbility, 'field'> = {
  directions: ['in', 'out', 'both'],
  rule: { direction: 'both', priority: 'newest', critical: false },
};
/** Contact data: the CRM wins. */
const CRM_WINS: Omit<FieldAbility, 'field'> = {
  directions: ['in', 'out', 'both'],
  rule: { direction: 'both', priority: 'remote', critical: false },
};
/** Only the stock system knows it. */
const OUT: Omit<FieldAbility, 'field'> = {
  directions: ['out'],
  rule: { direction: 'out', priority: 'mak', critical: false },
};

const ORDER_FIELDS = [
  ...['currency', 'ordered_at', 'buyer', 'status', 'lines', 'discount', 'shipping_price'],
  ...['payments', 'comment', 'tracking_code'],
];

interface Prepared {
  readonly of: string;
  readonly at: number;
  readonly account: KeyCrmAccount;
}

/** MaK's orders, those who buy and the articles, in an account of KeyCRM. */
@Injectable()
@ProvidesConnector({ key: KEYCRM })
export class KeyCrmConnector implements Connector {
  readonly key = KEYCRM;
  readonly title = 'KeyCRM';
  readonly settings = settingsSchema;
  readonly secretsAreFor = ['address'];
  readonly secrets = secretsSchema;
  readonly tried = accessSchema;
  readonly budget = { burst: 2, perSecond: 100 };
  readonly entities: readonly ConnectorEntity[] = [
    {
      name: 'contact',
      abilities: [
        { field: 'name', ...NEWEST },
        { field: 'email', ...CRM_WINS },
        { field: 'phone', ...CRM_WINS },
      ],
      batch: CONTACTS,
      createsInMak: true,
      whenNamed: true,
      staysDeleted: true,
      personal: ['name', 'email', 'phone'],
      asStored: storedBuyerValues,
    },
    {
      name: 'article',
      abilities: [
        { field: 'price', ...OUT },
        { field: 'purchase_price', ...OUT },
        { field: 'stocks', ...OUT },
      ],
      batch: BATCH,
      createsInMak: false,
      unasked: true,
      asStored: storedOfferValues,
    },
    {
      name: 'order',
      abilities: ORDER_FIELDS.map((field) => ({ field, ...NEWEST })),
      batch: ORDERS,
      createsInMak: true,
      staysDeleted: true,
      personal: ['comment'],
      references: { buyer: 'contact' },
      asStored: storedOrderValues,
    },
  ];
  private readonly prepared = new Map<string, Prepared>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(OutboundHttp) private readonly http: OutboundHttp,
    @Inject(RateLimiter) private readonly limiter: RateLimiter,
    @Inject(RecordSources) private readonly sources: RecordSources,
  ) {}

  /** Rejects with a `RemoteFailure`. */
  async open(context: ConnectorContext): Promise<RemoteRecords> {
    const { sources } = this;
    const api = this.api(context);
    const account = await this.account(context, api);
    return new KeyCrmRecords({
      contact: new BuyerRecords(api, context, sources),
      article: new OfferRecords(api, account, context, sources),
      order: new OrderRecords(api, account, context, sources),
    });
  }

  async options(context: ConnectorAccess): Promise<readonly RemoteOption[]> {
    return readOptions(this.api(context));
  }

  pace({ tenantId, settings, budget }: Parameters<NonNullable<Connector['pace']>>[0]): Pace {
    const calls = settingsSchema.safeParse(settings).data?.calls_per_minute ?? CALLS_PER_MINUTE;
    return { bucket: bucketOf(tenantId), budget: paced(budget, calls) };
  }

  private async account(context: ConnectorContext, api: KeyCrmApi): Promise<KeyCrmAccount> {
    const { tenantId, settings, secrets } = context;
    const of = JSON.stringify([settings, secrets]);
    const known = this.prepared.get(tenantId);
    if (known?.of === of && performance.now() - known.at < ACCOUNT_LASTS) return known.account;
    const account = await readAccount(api, readOrBlock(settingsSchema, settings, 'settings'));
    const place = { tenantId, connector: KEYCRM };
    await requireSameAccount(this.database, place, this.title, account.marks);
    this.prepared.set(tenantId, { of, at: performance.now(), account });
    return account;
  }

  private api({ tenantId, settings, secrets, budget, lane }: ConnectorAccess): KeyCrmApi {
    const { address, calls_per_minute } = readOrBlock(accessSchema, settings, 'settings');
    const { api_key: apiKey } = readOrBlock(secretsSchema, secrets, 'secrets');
    return new KeyCrmApi(
      new KeyCrmClient(this.http, this.limiter, {
        address,
        apiKey,
        bucket: bucketOf(tenantId),
        budget: paced(budget, calls_per_minute),
        lane,
      }),
    );
  }
}

/** Of the tenant and not of the key: a key that another tenant names must not take its turns. */
function bucketOf(tenantId: string): string {
  return `keycrm:${tenantId}`;
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
