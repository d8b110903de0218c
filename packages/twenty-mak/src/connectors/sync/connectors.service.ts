import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { fieldMatrix } from 'twenty-mak-domain';
import type { Budget } from 'twenty-mak-domain';
import { z } from 'zod';
import { Audit } from '../../platform/audit/index.ts';
import type { AuditAction, AuditDetail } from '../../platform/audit/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { notFound, RefusalError, staleVersion } from '../../platform/errors/index.ts';
import { Bus } from '../../platform/outbox/index.ts';
import { RateLimiter } from '../../platform/rate-limit/index.ts';
import { RECORDS_CHANNEL, RecordSources } from '../../platform/records/index.ts';
import { parse } from '../../platform/validation/index.ts';
import { connectorContext } from './connector-context.ts';
import { ConnectorRegistry } from './connector-registry.ts';
import { ConnectorSettings } from './connector-settings.ts';
import type { Connector, RemoteStatus } from './connector.ts';
import { setConnectorSchema, withOnlyWinner } from './connectors.dto.ts';
import type { ConnectorView, SetConnector } from './connectors.dto.ts';
import {
  deleteConnector,
  findConnector,
  forgetAgreed,
  listConnectors,
  lockConnector,
  lockConnectorInTurn,
  readHealth,
  saveAccess,
  saveConnector,
  setState,
} from './connectors.repository.ts';
import type { StoredConnector } from './connectors.repository.ts';
import { connectorView } from './connectors.view.ts';
import { requireSecrets } from './kept-secrets.ts';
import { entitiesOf, requirePipelines } from './kinds.ts';
import { SyncMessages } from './messages.ts';
import { replacedFields } from './places.ts';
import { beginResync } from './resync.ts';
import { readStageTables, statusesOf } from './stage-tables.ts';
import type { StageTables } from './stage-tables.ts';

/** What admins decide about connectors, and how they are. */
@Injectable()
export class ConnectorsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ConnectorRegistry) private readonly registry: ConnectorRegistry,
    @Inject(ConnectorSettings) private readonly settings: ConnectorSettings,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(RecordSources) private readonly sources: RecordSources,
    @Inject(RateLimiter) private readonly limiter: RateLimiter,
    @Inject(SyncMessages) private readonly messages: SyncMessages,
  ) {}

  /** Every connector of the product, also those that are not set up. */
  async list({ tenantId }: Principal): Promise<ConnectorView[]> {
    return this.database.within({ tenantId }, async (tx) => {
      const rows = new Map(
        (await listConnectors(tx, tenantId)).map((row) => [row.connector, row] as const),
      );
      const views: ConnectorView[] = [];
      for (const key of this.registry.keys)
        views.push(await this.view(tx, tenantId, key, rows.get(key)));
      return views;
    });
  }

  /** 404 when the tenant has not set it up. */
  async read({ tenantId }: Principal, key: string): Promise<ConnectorView> {
    return this.database.within({ tenantId }, (tx) => this.load(tx, tenantId, key));
  }

  /** Throws 404 when the tenant has not set it up. */
  async requireSetUp({ tenantId }: Principal, key: string): Promise<void> {
    const row = await this.database.within({ tenantId }, (tx) =>
      findConnector(tx, { tenantId, connector: this.known(key).key }),
    );
    if (row === undefined) throw notFound('connector');
  }

  /**
   * Sets a connector up, or anew. The first time it begins to bring over everything that is there. Throws 409
   * `stale_version`, 422 `unknown_entity`, `unknown_pipeline`, `budget_too_high`, `secrets_required` and the codes of the field matrix and of
   * tables of stages.
   */
  async set(principal: Principal, key: string, body: unknown): Promise<ConnectorView> {
    const connector = this.known(key);
    const input = readInput(connector, body);
    const entities = entitiesOf(connector, input);
    const { tenantId } = principal;
    await requirePipelines(this.sources, connector, tenantId, input);
    const tables = await this.stageTables(tenantId, connector, input);
    return this.change(principal, key, 'connector.set', lockConnectorInTurn, async (tx, before) => {
      if ((before?.version ?? 0) !== input.version) {
        const current = before === undefined ? null : await this.load(tx, tenantId, key);
        throw staleVersion(current, { version: input.version });
      }
      requireSecrets(connector, before, input);
      const stageTables = tables ?? before?.stage_tables ?? {};
      const chosen = input.chosen ?? before?.chosen ?? {};
      const reach = connector.reach?.(input.settings);
      await saveConnector(
        tx,
        { tenantId, connector: key },
        {
          settings: input.settings,
          secrets:
            input.secrets === undefined ? null : this.settings.seal(tenantId, key, input.secrets),
          entities,
          whole: reach?.whole ?? [],
          matrix: matrixOf(connector, input),
          budget: budgetOf(connector, input),
          pollSeconds: input.poll_seconds,
          stageTables,
          chosen,
          dryRun: input.dry_run ?? before?.dry_run ?? false,
        },
      );
      if (before !== undefined) {
        const replaced = replacedFields(connector.reach?.(before.settings).places, reach?.places);
        for (const [entity, fields] of Object.entries(replaced))
          await forgetAgreed(tx, { tenantId, connector: key, entity }, fields);
      }
      const isSame =
        isDeepStrictEqual(stageTables, before?.stage_tables) &&
        isDeepStrictEqual(chosen, before?.chosen) &&
        isDeepStrictEqual(reach, connector.reach?.(before?.settings));
      if (!isSame || entities.some((name) => before?.entities.includes(name) !== true))
        await beginResync(tx, { tenantId, connector: key }, entities);
    });
  }

  /** Lets a connector run with secrets that the other system has given; one that is there keeps all its other settings. */
  async letIn(
    principal: Principal,
    key: string,
    settings: Readonly<Record<string, unknown>>,
    secrets: Readonly<Record<string, string>>,
  ): Promise<ConnectorView> {
    const connector = this.known(key);
    const { tenantId } = principal;
    const stored = await this.settings.find(tenantId, key);
    if (stored === null) return this.set(principal, key, { version: 0, settings, secrets });
    return this.change(principal, key, 'connector.set', lockConnector, async (tx, before) => {
      if (before === undefined) throw notFound('connector');
      const merged = parse(z.looseObject({}), before.settings);
      await saveAccess(
        tx,
        { tenantId, connector: key },
        parse(connector.settings, { ...merged, ...settings }),
        this.settings.seal(tenantId, key, secrets),
      );
    });
  }

  /** Null leaves those that are stored. The other system is asked for its statuses before anything is locked. */
  private async stageTables(
    tenantId: string,
    connector: Connector,
    { stage_tables, settings, secrets }: SetConnector,
  ): Promise<StageTables | null> {
    if (stage_tables === undefined) return null;
    const stored = await this.settings.find(tenantId, connector.key);
    const before = stored === null ? undefined : { ...stored, has_secrets: true };
    requireSecrets(connector, before, { settings, secrets });
    const context = connectorContext(this.database, tenantId, 'people', connector, {
      settings,
      secrets: secrets ?? stored?.secrets ?? {},
      budget: stored?.budget ?? null,
    });
    return readStageTables(this.sources, connector, context, stage_tables);
  }

  /** Statuses that tables of stages may name: the other system is asked. Throws 422 `no_stage_tables`, `statuses_unknown`. */
  async statuses({ tenantId }: Principal, key: string): Promise<readonly RemoteStatus[]> {
    const connector = this.known(key);
    const stored = await this.settings.find(tenantId, key);
    if (stored === null) throw notFound('connector');
    return statusesOf(
      connector,
      connectorContext(this.database, tenantId, 'people', connector, stored),
    );
  }

  async pause(principal: Principal, key: string, version: number): Promise<ConnectorView> {
    return this.setState(principal, key, version, 'paused');
  }

  /** Also after it was stopped. With `sameAccount` the account is the right one, whatever it was known by. */
  async resume(
    principal: Principal,
    key: string,
    version: number,
    sameAccount: boolean,
  ): Promise<ConnectorView> {
    return this.setState(principal, key, version, 'running', sameAccount);
  }

  /** Compares all records of both sides anew. */
  async resync(principal: Principal, key: string): Promise<ConnectorView> {
    const { tenantId } = principal;
    return this.change(
      principal,
      key,
      'connector.resync_began',
      lockConnectorInTurn,
      async (tx, before) => {
        if (before === undefined) throw notFound('connector');
        await beginResync(tx, { tenantId, connector: key }, before.entities);
      },
    );
  }

  /** The records of both sides stay as they are. */
  async disconnect(principal: Principal, key: string): Promise<void> {
    const { tenantId } = principal;
    const place = { tenantId, connector: key };
    const connector = this.known(key);
    await this.database.within({ tenantId }, async (tx) => {
      if ((await lockConnector(tx, place)) === undefined) throw notFound('connector');
      await deleteConnector(tx, place);
      await connector.forget?.(tx, tenantId);
      await Audit.record(tx, principal, 'connector.disconnected', 'connector', key);
    });
  }

  private async setState(
    principal: Principal,
    key: string,
    version: number,
    state: 'running' | 'paused',
    sameAccount = false,
  ): Promise<ConnectorView> {
    const { tenantId } = principal;
    const action = state === 'paused' ? 'connector.paused' : 'connector.resumed';
    const work = async (tx: Transaction, before: StoredConnector | undefined): Promise<void> => {
      if (before === undefined) throw notFound('connector');
      if (before.version !== version)
        throw staleVersion(await this.load(tx, tenantId, key), { version });
      await setState(tx, { tenantId, connector: key }, state, sameAccount);
    };
    const detail = sameAccount ? { same_account: true } : {};
    return this.change(principal, key, action, lockConnector, work, detail);
  }

  private async change(
    principal: Principal,
    key: string,
    action: AuditAction,
    lock: typeof lockConnector,
    work: (tx: Transaction, before: StoredConnector | undefined) => Promise<void>,
    detail: AuditDetail = {},
  ): Promise<ConnectorView> {
    const { tenantId } = principal;
    return this.database.within({ tenantId }, async (tx) => {
      await work(tx, await lock(tx, { tenantId, connector: key }));
      await Audit.record(tx, principal, action, 'connector', key, detail);
      this.bus.ring(RECORDS_CHANNEL, tenantId);
      return this.load(tx, tenantId, key);
    });
  }

  private async load(tx: Transaction, tenantId: string, key: string): Promise<ConnectorView> {
    const row = await findConnector(tx, { tenantId, connector: key });
    if (row === undefined) throw notFound('connector');
    return this.view(tx, tenantId, key, row);
  }

  private async view(
    tx: Transaction,
    tenantId: string,
    key: string,
    row: StoredConnector | undefined,
  ): Promise<ConnectorView> {
    const connector = this.known(key);
    const place = { tenantId, connector: key };
    const health = await readHealth(tx, place);
    const pace = await this.pace(tenantId, connector, row);
    const heardAt = row === undefined ? null : await this.messages.lastAt(tx, place);
    return connectorView(connector, row, health, pace, heardAt);
  }

  private async pace(
    tenantId: string,
    connector: Connector,
    row: StoredConnector | undefined,
  ): Promise<ConnectorView['pace']> {
    if (row === undefined || connector.pace === undefined) return null;
    const { settings, budget: own } = row;
    const { bucket, budget } = connector.pace({
      tenantId,
      settings,
      budget: own ?? connector.budget,
    });
    const level = await this.limiter.level(bucket, budget);
    return level === null ? null : { level, burst: budget.burst, per_second: budget.perSecond };
  }

  private known(key: string): Connector {
    const connector = this.registry.find(key);
    if (connector === undefined) throw notFound('connector');
    return connector;
  }
}

/** With settings and secrets as the connector wants them. */
function readInput(connector: Connector, body: unknown): SetConnector {
  const input = parse(setConnectorSchema, body);
  const own = z.object({ settings: connector.settings, secrets: connector.secrets.optional() });
  const { secrets } = parse(own, { settings: input.settings, secrets: input.secrets });
  return { ...input, secrets };
}

function matrixOf({ entities }: Connector, { matrix }: SetConnector): object {
  for (const { name, abilities } of entities) {
    const checked = fieldMatrix(abilities, matrix[name] ?? []);
    if (checked.ok) continue;
    const { code, reason, field } = checked.refusal;
    throw refusal(code, reason, `matrix.${name}.${(field ?? '').replace(/^fields\./, '')}`);
  }
  return Object.fromEntries(
    Object.entries(matrix).map(([name, rules]) => [name, rules.map(withOnlyWinner)]),
  );
}

function budgetOf({ budget: most }: Connector, { budget }: SetConnector): Budget | null {
  if (budget == null) return null;
  if (budget.burst > most.burst || budget.per_second > most.perSecond)
    throw refusal(
      'budget_too_high',
      `At most ${most.burst} calls at once and ${most.perSecond} a second.`,
      'budget',
    );
  return { burst: budget.burst, perSecond: budget.per_second };
}

function refusal(code: string, reason: string, field: string): RefusalError {
  return new RefusalError({ code, reason, field });
}
