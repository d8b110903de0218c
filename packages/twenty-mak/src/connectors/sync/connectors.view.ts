import { fieldMatrix, formatInstant } from 'twenty-mak-domain';
import type { Budget } from 'twenty-mak-domain';
import type { Choices } from './chosen.ts';
import type { Connector } from './connector.ts';
import { instantView } from './connectors.dto.ts';
import type { ConnectorView } from './connectors.dto.ts';
import type { HealthRow, StoredConnector } from './connectors.repository.ts';
import { stageTablesView } from './stage-tables.ts';

/** A connector of the product as a tenant has set it up, or not yet. */
export function connectorView(
  connector: Connector,
  row: StoredConnector | undefined,
  health: HealthRow,
  pace: ConnectorView['pace'],
  heardAt: number | null,
): ConnectorView {
  return {
    key: connector.key,
    title: connector.title,
    state: row?.state ?? 'off',
    reason: row?.reason ?? null,
    reason_code: row?.reason_code ?? null,
    silence: row?.silence ?? null,
    settings: row?.settings ?? null,
    has_secrets: row?.has_secrets ?? false,
    entities: entitiesView(connector, row),
    budget: budgetView(row?.budget ?? connector.budget),
    highest_budget: budgetView(connector.budget),
    pace,
    has_messages: connector.messages !== undefined,
    heard_at: instantView(heardAt),
    has_statuses: connector.statuses !== undefined,
    poll_seconds: row?.poll_seconds ?? 60,
    stage_tables: stageTablesView(row?.stage_tables ?? {}),
    chosen: chosenView(row?.chosen ?? {}),
    dry_run: row?.dry_run ?? false,
    resync: resyncView(row, health),
    health: healthView(health),
    version: row?.version ?? 0,
  };
}

function entitiesView(
  { entities }: Connector,
  row: StoredConnector | undefined,
): ConnectorView['entities'] {
  return entities.map(({ name, abilities }) => {
    const matrix = fieldMatrix(abilities, row?.matrix[name] ?? []);
    const rules = new Map(
      matrix.ok
        ? matrix.value.map(({ field, restatedBy: _always, ...rule }) => [field, rule] as const)
        : [],
    );
    return {
      name,
      enabled: row?.entities.includes(name) ?? false,
      absent: row?.entities.includes(name) === true ? (row.absent[name] ?? null) : null,
      fields: abilities.map(({ field, directions, rule }) => ({
        field,
        directions: [...directions],
        ...(rules.get(field) ?? rule),
        default: rule,
      })),
    };
  });
}

function chosenView(choices: Choices): ConnectorView['chosen'] {
  return Object.fromEntries(
    Object.entries(choices).map(([kind, { ids, pipelines, created_there }]) => [
      kind,
      {
        ...(ids === undefined ? {} : { ids: [...ids] }),
        ...(pipelines === undefined ? {} : { pipelines: [...pipelines] }),
        created_there,
      },
    ]),
  );
}

function budgetView({ burst, perSecond }: Budget): ConnectorView['budget'] {
  return { burst, per_second: perSecond };
}

function resyncView(
  row: StoredConnector | undefined,
  { pending_backfill: left }: HealthRow,
): ConnectorView['resync'] {
  if (row?.resync == null) return null;
  const { startedAt, listed, marked, found = 0, foundAll = true } = row.resync;
  return { started_at: formatInstant(startedAt), listed, marked, found, found_all: foundAll, left };
}

function healthView(row: HealthRow): ConnectorView['health'] {
  const { pending_backfill: _backfill, last_synced_at, polled_at, hours, ...counts } = row;
  const all = row.written_day + row.refused_day;
  return {
    ...counts,
    success_rate: all === 0 ? null : row.written_day / all,
    last_synced_at: instantView(last_synced_at),
    polled_at: instantView(polled_at),
    hours: hours.map(({ at, ...done }) => ({ at: formatInstant(at), ...done })),
  };
}

/** The rules of all fields as CSV; names of ours need no quotes. */
export function matrixTable({ entities }: ConnectorView): string {
  const rows = entities.flatMap(({ name, fields }) =>
    fields.map(({ field, direction, priority, critical, default: shipped }) => {
      const isDefault =
        direction === shipped.direction &&
        priority === shipped.priority &&
        critical === shipped.critical;
      return [name, field, direction, priority, critical, isDefault].join(',');
    }),
  );
  return ['kind,field,direction,priority,critical,default', ...rows, ''].join('\r\n');
}
