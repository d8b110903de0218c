import { Inject, Injectable, Logger } from '@nestjs/common';
import type { StageTable, Values } from 'twenty-mak-domain';
import { CONFIG } from '../../platform/config/config.module.ts';
import type { Config } from '../../platform/config/config.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { OutboundHttp } from '../../platform/outbound-http/index.ts';
import { RateLimiter } from '../../platform/rate-limit/index.ts';
import { RecordSources } from '../../platform/records/index.ts';
import { SecretBox } from '../../platform/secrets/index.ts';
import { tenantKeyOf } from '../../platform/tenancy/index.ts';
import {
  ConnectorSettings,
  inDoubt,
  Prepared,
  ProvidesConnector,
  readOrBlock,
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
import { redirectUriOf } from './access.ts';
import { readAccount, readPeople, readPlaces } from './account.ts';
import type { AmocrmAccount } from './account.ts';
import { AmocrmRecords } from './amocrm-records.ts';
import { BatchSize } from './batch-size.ts';
import { AmocrmClient } from './client.ts';
import { AMOCRM_ENTITIES } from './entities.ts';
import { LeadRecords } from './lead-records.ts';
import { NOTES } from './note-values.ts';
import { askForTokens } from './oauth.ts';
import { OfficeLeadRecords } from './office-lead-records.ts';
import { AMOCRM_BUDGET, paced } from './pace.ts';
import { PartyRecords } from './party-records.ts';
import type { KnownFields } from './party-records.ts';
import { COMPANIES, CONTACTS } from './party-values.ts';
import type { PartyKind } from './party-values.ts';
import { LEAD_FIELDS, secretsSchema, settingsSchema } from './settings.ts';
import { TASKS } from './task-values.ts';
import { TokensRepository } from './tokens.repository.ts';
import { LongLivedToken, RotatingTokens } from './tokens.ts';
import type { AccessTokens } from './tokens.ts';
import { doorFor } from './webhook-door.ts';
import type { DoorPlace } from './webhook-door.ts';
import { ensureWebhook } from './webhook-subscription.ts';
import { WorkRecords } from './work-records.ts';
import type { OwnWork } from './work-records.ts';

/** Stands in rows and addresses. */
export const AMOCRM = 'amocrm';

/** People, statuses, fields and our webhook are looked at again after this, in milliseconds. */
const ACCOUNT_LASTS = 300_000;

/** They know since when it is no use to ask for newer ones. */
interface Rotating {
  readonly of: string;
  readonly tokens: RotatingTokens;
}

/** An account, ready to be worked with. */
interface ReadyAccount {
  readonly account: AmocrmAccount;
  readonly batch: BatchSize;
  /** Of the kinds of records that were needed so far. */
  readonly fields: KnownFields;
}

/** MaK's records in an account of amoCRM or Kommo. */
@Injectable()
@ProvidesConnector({ key: AMOCRM })
export class AmocrmConnector implements Connector {
  readonly key = AMOCRM;
  readonly title = 'amoCRM';
  readonly settings = settingsSchema;
  readonly secretsAreFor = ['address'];
  readonly secrets = secretsSchema;
  readonly budget = AMOCRM_BUDGET;
  readonly entities = AMOCRM_ENTITIES;
  readonly messages = 'kept';
  private readonly prepared = new Prepared<ReadyAccount>(ACCOUNT_LASTS);
  private readonly rotating = new Map<string, Rotating>();
  private readonly logger = new Logger(AmocrmConnector.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(SecretBox) private readonly box: SecretBox,
    @Inject(OutboundHttp) private readonly http: OutboundHttp,
    @Inject(RateLimiter) private readonly limiter: RateLimiter,
    @Inject(RecordSources) private readonly sources: RecordSources,
    @Inject(ConnectorSettings) private readonly stored: ConnectorSettings,
  ) {}

  /** Rejects with a `RemoteFailure`. */
  async open(context: ConnectorContext): Promise<RemoteRecords> {
    const { account, batch, fields } = await this.prepare(context);
    const client = this.client(context);
    const parties = (kind: PartyKind): PartyRecords =>
      new PartyRecords(kind, client, account, batch, fields, context);
    const onChanged = (): void => this.prepared.forget(context.tenantId);
    return new AmocrmRecords({
      company: parties(COMPANIES),
      contact: parties(CONTACTS),
      deal: new LeadRecords(client, account, batch, onChanged, context),
      office_lead: new OfficeLeadRecords(client, account, batch, onChanged, context),
      task: new WorkRecords(TASKS, client, account, batch, context, this.own(context, 'task')),
      note: new WorkRecords(NOTES, client, account, batch, context, this.own(context, 'note')),
    });
  }

  /** Ids of pipeline and status, with a colon between. */
  async statuses(context: ConnectorAccess): Promise<readonly RemoteStatus[]> {
    const { statuses } = await readAccount(this.client(context));
    return statuses.map(({ pipelineId, statusId, pipeline, title }) => ({
      status: `${pipelineId}:${statusId}`,
      title,
      pipeline,
    }));
  }

  async options(context: ConnectorAccess): Promise<readonly RemoteOption[]> {
    const client = this.client(context);
    return [...(await readPeople(client)), ...(await readPlaces(client))];
  }

  pace({ tenantId, budget }: Parameters<NonNullable<Connector['pace']>>[0]): Pace {
    return { bucket: bucketOf(tenantId), budget: paced(budget, 'people') };
  }

  private own({ tenantId }: ConnectorContext, entity: string): OwnWork {
    return {
      read: (localIds) => this.sources.of(entity).read(tenantId, localIds, AMOCRM),
      inDoubt: () => inDoubt(this.database, { tenantId, connector: AMOCRM, entity }),
    };
  }

  private prepare(context: ConnectorContext): Promise<ReadyAccount> {
    const { tenantId, settings, secrets, stageTables } = context;
    return this.prepared.get(tenantId, [settings, secrets, stageTables], async (former) => {
      const client = this.client(context);
      const own = readOrBlock(settingsSchema, settings, 'settings');
      const account = await readAccount(client, own);
      await this.subscribe(client, { tenantId, address: own.address }, account);
      return { account, batch: former?.batch ?? new BatchSize(), fields: new Map() };
    });
  }

  optional(settings: unknown): Readonly<Record<string, Values | null>> {
    const leads = settingsSchema.safeParse(settings).data?.leads ?? null;
    if (leads === null) return { office_lead: null };
    return { office_lead: leads.source === null ? {} : { source: leads.source } };
  }

  /** Of two statuses here that one there shows, a move into it means the first. */
  tables(settings: unknown): Readonly<Record<string, StageTable>> {
    const { statuses = [] } = settingsSchema.safeParse(settings).data?.leads ?? {};
    return {
      lead: {
        statusOf: Object.fromEntries(statuses.map(({ mak, amocrm }) => [mak, amocrm])),
        eventOf: Object.fromEntries(statuses.toReversed().map(({ mak, amocrm }) => [amocrm, mak])),
      },
    };
  }

  reach(settings: unknown): Reach {
    const leads = settingsSchema.safeParse(settings).data?.leads ?? null;
    if (leads === null) return { whole: [], places: {} };
    const { pipelines, statuses, fields } = leads;
    const places: Record<string, string | null> = {};
    for (const field of LEAD_FIELDS)
      places[field] = fields[field] === null ? null : String(fields[field]);
    // In other pipelines, or shown by other statuses, a status says something else: what was agreed on before is no move.
    const shown = statuses.map(({ mak, amocrm }) => `${mak}=${amocrm}`);
    const status = [...pipelines.toSorted((one, other) => one - other), ...shown].join(',');
    return { whole: [], places: { office_lead: { ...places, status } }, rest: status };
  }

  /** A lead becomes a deal also without a person or company that MaK cannot take; and so does a person without an address. */
  standIns(settings: unknown): Readonly<Record<string, Values>> {
    const owner = settingsSchema.safeParse(settings).data?.default_owner ?? null;
    return {
      deal: { client: null, contact: null, ...(owner === null ? {} : { owner }) },
      contact: { email: null, phone: null, position: null, company: null },
      office_lead: {
        person: null,
        phones: null,
        emails: null,
        city: null,
        niche: null,
        amount: null,
        owner,
      },
    };
  }

  /** Forgets the tokens; amoCRM keeps them until somebody removes the integration there, or they are too old. */
  async forget(tx: Transaction, tenantId: string): Promise<void> {
    for (const table of ['amocrm_token', 'amocrm_consent'])
      await tx.execute(`DELETE FROM ${table} WHERE tenant_id = $1`, [tenantId]);
  }

  /** Not every plan of amoCRM has webhooks: without them changes are found by asking. */
  private async subscribe(
    client: AmocrmClient,
    place: DoorPlace,
    { id, userId }: AmocrmAccount,
  ): Promise<void> {
    const { tenantId } = place;
    const key = await this.database.within({ tenantId }, (tx) => tenantKeyOf(tx, tenantId));
    const ours = `${new URL(this.config.PUBLIC_URL).origin}/v1/amocrm/${key}/webhook/`;
    const who = { accountId: String(id), userId: String(userId) };
    const door = doorFor(this.config.MAK_SECRET_KEY, place, who);
    const refusal = await ensureWebhook(client, ours, `${ours}${door}`);
    await this.stored.keepSilence(tenantId, AMOCRM, refusal);
    if (refusal !== null)
      this.logger.warn(`amoCRM tells tenant ${tenantId} of no changes: ${refusal}`);
  }

  private client({ tenantId, settings, secrets, budget, lane }: ConnectorAccess): AmocrmClient {
    const { address } = readOrBlock(settingsSchema, settings, 'settings');
    return new AmocrmClient(this.http, this.limiter, this.tokens(tenantId, address, secrets), {
      address,
      bucket: bucketOf(tenantId),
      budget: paced(budget, lane),
    });
  }

  private tokens(
    tenantId: string,
    address: string,
    secrets: ConnectorAccess['secrets'],
  ): AccessTokens {
    const own = readOrBlock(secretsSchema, secrets, 'secrets');
    if ('token' in own) return new LongLivedToken(own.token);
    const of = JSON.stringify([address, own]);
    const known = this.rotating.get(tenantId);
    if (known?.of === of) return known.tokens;
    const integration = {
      address,
      clientId: own.client_id,
      clientSecret: own.client_secret,
      redirectUri: redirectUriOf(this.config.PUBLIC_URL),
    };
    const tokens = new RotatingTokens(
      new TokensRepository(this.database, this.box, tenantId, address),
      (grant) => askForTokens(this.http, integration, grant, Date.now),
    );
    this.rotating.set(tenantId, { of, tokens });
    return tokens;
  }
}

/** Of the tenant and not of the account: an account that another tenant names must not take its turns. */
function bucketOf(tenantId: string): string {
  return `amocrm:${tenantId}`;
}
