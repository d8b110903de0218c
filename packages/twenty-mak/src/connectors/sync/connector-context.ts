import type { Database } from '../../platform/database/index.ts';
import { linkedIds } from './connector-settings.ts';
import type { OpenedConnector } from './connector-settings.ts';
import type { Connector, ConnectorAccess } from './connector.ts';
import type { Lane } from './ports.ts';

/** What a connector gets to know of the tenant that it works for. */
export function connectorContext(
  database: Database,
  tenantId: string,
  lane: Lane,
  connector: Connector,
  { settings, secrets, budget }: Pick<OpenedConnector, 'settings' | 'secrets' | 'budget'>,
): ConnectorAccess {
  const linked =
    (to: 'local' | 'remote') =>
    (entity: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
      database.within({ tenantId }, (tx) =>
        linkedIds(tx, { tenantId, connector: connector.key }, entity, ids, to),
      );
  return {
    tenantId,
    lane,
    settings,
    secrets,
    budget: budget ?? connector.budget,
    remoteIds: linked('remote'),
    localIds: linked('local'),
  };
}
