import { Inject, Injectable } from '@nestjs/common';
import type { Values } from 'twenty-mak-domain';
import { CONFIG } from '../../platform/config/config.module.ts';
import type { Config } from '../../platform/config/config.ts';
import { Database } from '../../platform/database/index.ts';
import { OutboundHttp } from '../../platform/outbound-http/index.ts';
import { RateLimiter } from '../../platform/rate-limit/index.ts';
import { RecordSources } from '../../platform/records/index.ts';
import {
  ConnectorSettings,
  Prepared,
  ProvidesConnector,
  readOrBlock,
  requireSameAccount,
  secretFingerprint,
  waitingSince,
} from '../sync/index.ts';
import type {
  Connector,
  ConnectorAccess,
  ConnectorContext,
  Pace,
  Reach,
  RemoteOption,
  RemoteRecords,
  RemoteStatus,
} from '../sync/index.ts';
import { readAccount, readOptions } from './account.ts';
import type { KeyCrmAccount } from './account.ts';
import { KeyCrmApi } from './api.ts';
import { BuyerRecords } from './buyer-records.ts';
import { buyerTurns } from './buyer-turns.ts';
import { readCardAccount, readCardOptions, readCardStatuses } from './card-account.ts';
import type { CardAccount } from './card-account.ts';
import { CardMarks } from './card-marks.ts';
import { CardRecords } from './card-records.ts';
import { findUnmet } from './cards.repository.ts';
import { KeyCrmClient } from './client.ts';
import { KEYCRM_ENTITIES } from './entities.ts';
import { KeyCrmRecords } from './keycrm-records.ts';
import { messageLog } from './message-log.ts';
import { OfferRecords } from './offer-records.ts';
import { OrderRecords } from './order-records.ts';
import { paced } from './pace.ts';
import { accessSchema, CALLS_PER_MINUTE, secretsSchema, settingsSchema } from './settings.ts';
import { silenceOf } from './silence.ts';

/** Stands in rows and addresses. */
export const KEYCRM = 'keycrm';

/** Sources, statuses and payment methods of an account are read again after this, in milliseconds. */
const ACCOUNT_LASTS = 300_000;
/** Which cards carry MaK's ids is remembered for so long after it was asked for, in milliseconds. */
const MARKS_LAST = 3_600_000;

interface KeptMarks {
  readonly of: string;
  readonly at: number;
  readonly marks: CardMarks;
}

/** MaK's orders, those who buy, the articles and deals, in an account of KeyCRM. */
@Injectable()
@ProvidesConnector({ key: KEYCRM })
export class KeyCrmConnector implements Connector {
  readonly key = KEYCRM;
  readonly title = 'KeyCRM';
  readonly settings = settingsSchema;
  readonly secretsAreFor = ['address'];
  readonly secrets = secretsSchema;
  readonly tried = accessSchema;
  readonly messages = messageLog;
  readonly budget = { burst: 2, perSecond: 100 };
  readonly entities = KEYCRM_ENTITIES;
  private readonly prepared = new Prepared<KeyCrmAccount>(ACCOUNT_LASTS);
  private readonly preparedCards = new Prepared<CardAccount>(ACCOUNT_LASTS);
  private readonly marks = new Map<string, KeptMarks>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(OutboundHttp) private readonly http: OutboundHttp,
    @Inject(RateLimiter) private readonly limiter: RateLimiter,
    @Inject(RecordSources) private readonly sources: RecordSources,
    @Inject(ConnectorSettings) private readonly stored: ConnectorSettings,
  ) {}

  /** Rejects with a `RemoteFailure`. */
  async open(context: ConnectorContext): Promise<RemoteRecords> {
    const { sources } = this;
    const api = this.api(context);
    const account = await this.account(context, api);
    const { tenantId } = context;
    const fingerprint = secretFingerprint(this.config.MAK_SECRET_KEY, tenantId);
    const alone = buyerTurns(this.database, tenantId, fingerprint);
    return new KeyCrmRecords({
      contact: new BuyerRecords(api, context, sources, alone, account.segmentField),
      article: new OfferRecords(api, account, context, sources),
      order: new OrderRecords(api, account, context, sources),
      deal: new CardRecords(api, context, {
        account: () => this.cardAccount(context, api),
        alone,
        waitingSince: (localIds) =>
          waitingSince(
            this.database,
            { tenantId: context.tenantId, connector: KEYCRM, entity: 'deal' },
            localIds,
          ),
        unmet: (localIds) =>
          this.database.within({ tenantId: context.tenantId }, (tx) =>
            findUnmet(tx, context.tenantId, KEYCRM, localIds),
          ),
        marks: () => this.marksFor(context),
      }),
    });
  }

  optional(settings: unknown): Readonly<Record<string, Values | null>> {
    const cards = settingsSchema.safeParse(settings).data?.cards ?? null;
    if (cards === null) return { deal: null };
    return { deal: cards.pipeline === null ? {} : { pipeline: cards.pipeline } };
  }

  /** A card becomes a deal also without a person, or somebody responsible, whom MaK cannot take. */
  standIns(): Readonly<Record<string, Values>> {
    return { deal: { contact: null, owner: null } };
  }

  async statuses(context: ConnectorAccess): Promise<readonly RemoteStatus[]> {
    const settings = readOrBlock(settingsSchema, context.settings, 'settings');
    return readCardStatuses(this.api(context), settings);
  }

  async options(context: ConnectorAccess): Promise<readonly RemoteOption[]> {
    const api = this.api(context);
    return [...(await readOptions(api)), ...(await readCardOptions(api))];
  }

  reach(settings: unknown): Reach {
    const {
      all_customers: isWhole = false,
      segment_field: segments = null,
      cards = null,
    } = settingsSchema.safeParse(settings).data ?? {};
    return {
      whole: isWhole ? ['contact'] : [],
      places: { contact: { segments } },
      // Which of them gets new cards says nothing of those that are there.
      rest: cards === null ? null : { ...cards, funnels: cards.funnels.toSorted((a, b) => a - b) },
    };
  }

  pace({ tenantId, settings, budget }: Parameters<NonNullable<Connector['pace']>>[0]): Pace {
    const calls = settingsSchema.safeParse(settings).data?.calls_per_minute ?? CALLS_PER_MINUTE;
    return { bucket: bucketOf(tenantId), budget: paced(budget, calls) };
  }

  private account(context: ConnectorContext, api: KeyCrmApi): Promise<KeyCrmAccount> {
    const { tenantId, settings, secrets } = context;
    return this.prepared.get(tenantId, [settings, secrets], async () => {
      const account = await readAccount(api, readOrBlock(settingsSchema, settings, 'settings'));
      const place = { tenantId, connector: KEYCRM };
      await requireSameAccount(this.database, place, this.title, account.marks);
      await this.keepSilence(context);
      return account;
    });
  }

  private async keepSilence({ tenantId, secrets }: ConnectorContext): Promise<void> {
    const isAddressed = 'webhook_secret' in secrets;
    const silence = await this.database.within({ tenantId }, (tx) =>
      silenceOf(tx, tenantId, isAddressed),
    );
    await this.stored.keepSilence(tenantId, KEYCRM, silence);
  }

  private cardAccount(
    { tenantId, settings, secrets }: ConnectorContext,
    api: KeyCrmApi,
  ): Promise<CardAccount> {
    return this.preparedCards.get(tenantId, [settings, secrets], async () =>
      readCardAccount(api, readOrBlock(settingsSchema, settings, 'settings')),
    );
  }

  /** Of one who has not asked for long, they take memory for nothing. */
  private marksFor({ tenantId, settings, secrets }: ConnectorContext): CardMarks {
    const [of, at] = [JSON.stringify([settings, secrets]), performance.now()];
    for (const [tenant, kept] of this.marks)
      if (at - kept.at > MARKS_LAST) this.marks.delete(tenant);
    const before = this.marks.get(tenantId);
    const marks = before?.of === of ? before.marks : new CardMarks();
    this.marks.set(tenantId, { of, at, marks });
    return marks;
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
