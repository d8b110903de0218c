import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { notFound, RefusalError } from '../../platform/errors/index.ts';
import { parse } from '../../platform/validation/index.ts';
import { connectorContext } from './connector-context.ts';
import { ConnectorRegistry } from './connector-registry.ts';
import { ConnectorSettings } from './connector-settings.ts';
import type { OpenedConnector } from './connector-settings.ts';
import type { Connector, RemoteOption } from './connector.ts';
import { isLedElsewhere } from './kept-secrets.ts';
import { askOptionsSchema } from './options.dto.ts';
import type { AskOptions } from './options.dto.ts';
import { RemoteFailure } from './ports.ts';

type Access = Pick<OpenedConnector, 'settings' | 'secrets' | 'budget'>;

/** What settings may name of the other system; whoever asks learns whether the access is right. */
@Injectable()
export class OptionsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ConnectorRegistry) private readonly registry: ConnectorRegistry,
    @Inject(ConnectorSettings) private readonly settings: ConnectorSettings,
  ) {}

  /**
   * Asks with what is stored, or with what is not saved yet. Nothing is kept. Throws 422 `no_options`, `secrets_required`,
   * `access_refused` and `not_answered`.
   */
  async ask({ tenantId }: Principal, key: string, body: unknown): Promise<readonly RemoteOption[]> {
    const connector = this.registry.find(key);
    if (connector === undefined) throw notFound('connector');
    const stored = await this.settings.find(tenantId, key);
    const access = accessOf(connector, stored, parse(askOptionsSchema, body ?? {}));
    if (connector.options === undefined)
      throw refusal('no_options', `Settings of ${connector.title} name nothing of it.`, 'settings');
    try {
      return await connector.options(
        connectorContext(this.database, tenantId, 'people', connector, access),
      );
    } catch (error) {
      if (!(error instanceof RemoteFailure)) throw error;
      if (error.kind === 'blocked') throw refusal('access_refused', error.message, 'secrets');
      throw refusal('not_answered', error.message, 'settings.address');
    }
  }
}

function accessOf(
  connector: Connector,
  stored: OpenedConnector | null,
  { settings, secrets }: AskOptions,
): Access {
  const { title, tried, secrets: secretsSchema } = connector;
  if (settings === undefined && secrets === undefined) {
    if (stored === null) throw notFound('connector');
    return stored;
  }
  if (tried === undefined)
    throw refusal('no_options', `${title} is asked with saved settings only.`, 'settings');
  const own = z.object({ settings: tried, secrets: secretsSchema.optional() });
  const given = parse(own, { settings: settings ?? stored?.settings ?? {}, secrets });
  // A secret that is kept goes nowhere but where it was given for.
  const isSame = stored !== null && !isLedElsewhere(connector, stored.settings, given.settings);
  const opened = given.secrets ?? (isSame ? stored.secrets : undefined);
  if (opened === undefined)
    throw refusal('secrets_required', 'Send the secrets for this address.', 'secrets');
  return { settings: given.settings, secrets: opened, budget: stored?.budget ?? null };
}

function refusal(code: string, reason: string, field: string): RefusalError {
  return new RefusalError({ code, reason, field });
}
