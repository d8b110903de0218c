import { checkStageTable } from 'twenty-mak-domain';
import type { StageTable } from 'twenty-mak-domain';
import { RefusalError } from '../../platform/errors/index.ts';
import type { RecordSources } from '../../platform/records/index.ts';
import type { Connector, ConnectorAccess, RemoteStatus } from './connector.ts';
import type { StageTableView } from './connectors.dto.ts';
import { RemoteFailure } from './ports.ts';

/** By id of the pipeline. */
export type StageTables = Readonly<Record<string, StageTable>>;

/** Stage records of a tenant that are read at once; pipelines have some tens of stages. */
const STAGES = 10_000;

/**
 * The tables as they are stored. Throws 422 `no_stage_tables`, `statuses_unknown`, `unknown_pipeline`, `unknown_stage`,
 * `unknown_status`.
 */
export async function readStageTables(
  sources: RecordSources,
  connector: Connector,
  context: ConnectorAccess,
  wanted: readonly StageTableView[],
): Promise<StageTables> {
  if (wanted.length === 0) return {};
  const statuses = (await statusesOf(connector, context)).map(({ status }) => status);
  const ids = await sources.of('stage').list(context.tenantId, null, STAGES);
  const tables: Record<string, StageTable> = {};
  for (const [index, { pipeline, status_of, event_of }] of wanted.entries()) {
    const path = `stage_tables.${index}`;
    const prefix = `${pipeline}:`;
    const stages = ids.filter((id) => id.startsWith(prefix)).map((id) => id.slice(prefix.length));
    if (stages.length === 0)
      throw refusal(
        'unknown_pipeline',
        `No published pipeline has the id ${pipeline}.`,
        `${path}.pipeline`,
      );
    const checked = checkStageTable({ statusOf: status_of, eventOf: event_of }, stages, statuses);
    if (!checked.ok)
      throw refusal(
        checked.refusal.code,
        checked.refusal.reason,
        `${path}.${checked.refusal.field ?? ''}`,
      );
    tables[pipeline] = checked.value;
  }
  return tables;
}

export function stageTablesView(tables: StageTables): StageTableView[] {
  return Object.entries(tables).map(([pipeline, { statusOf, eventOf }]) => ({
    pipeline,
    status_of: { ...statusOf },
    event_of: { ...eventOf },
  }));
}

/** Statuses that tables may name. Throws 422 `no_stage_tables`, `statuses_unknown`. */
export async function statusesOf(
  connector: Connector,
  context: ConnectorAccess,
): Promise<readonly RemoteStatus[]> {
  if (connector.statuses === undefined)
    throw refusal(
      'no_stage_tables',
      `${connector.title} has no statuses that follow from stages.`,
      'stage_tables',
    );
  try {
    return await connector.statuses(context);
  } catch (error) {
    if (!(error instanceof RemoteFailure)) throw error;
    throw refusal(
      'statuses_unknown',
      `${connector.title} did not say which statuses it has: ${error.message} Try again when it answers.`,
      'stage_tables',
    );
  }
}

function refusal(code: string, reason: string, field: string): RefusalError {
  return new RefusalError({ code, reason, field });
}
