import { RefusalError } from '../../platform/errors/index.ts';
import type { RecordSources } from '../../platform/records/index.ts';
import type { Connector } from './connector.ts';
import type { SetConnector } from './connectors.dto.ts';

/** The kinds of records that are synced: those that were named, and of kinds with settings of their own those that have them. */
export function entitiesOf(connector: Connector, input: SetConnector): readonly string[] {
  const names = connector.entities.map(({ name }) => name);
  const wanted = input.entities ?? names;
  const named = [...wanted, ...Object.keys(input.matrix), ...Object.keys(input.chosen ?? {})];
  const unknown = named.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new RefusalError({
      code: 'unknown_entity',
      reason: `${connector.title} has no records of the kind ${unknown}; it has ${names.join(', ')}.`,
      field: 'entities',
    });
  const optional = connector.optional?.(input.settings) ?? {};
  return names.filter((name) =>
    name in optional ? optional[name] !== null : wanted.includes(name),
  );
}

/** Throws 422 `unknown_pipeline` when records of the other system would become deals of a pipeline that is not there. */
export async function requirePipelines(
  sources: RecordSources,
  connector: Connector,
  tenantId: string,
  { settings }: SetConnector,
): Promise<void> {
  const named = Object.entries(connector.optional?.(settings) ?? {}).flatMap(
    ([kind, values]): [kind: string, id: string][] => {
      const id = values?.['pipeline'];
      return typeof id === 'string' ? [[kind, id]] : [];
    },
  );
  if (named.length === 0) return;
  const known = await sources.of('pipeline').read(
    tenantId,
    named.map(([, id]) => id),
  );
  for (const [kind, id] of named)
    if (known.get(id)?.values['is_archived'] !== false)
      throw new RefusalError({
        code: 'unknown_pipeline',
        reason: `No published pipeline has the id ${id}, of which records of the kind ${kind} are to become deals.`,
        field: 'settings',
      });
}
