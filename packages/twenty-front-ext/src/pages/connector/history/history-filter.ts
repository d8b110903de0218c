import type { SyncJournalKind } from '../../../generated/graphql.ts';
import { connectorPath } from '../tabs.ts';

export const ENTRY_KINDS = [
  'to_mak',
  'to_remote',
  'conflict',
  'refused',
  'dead',
  'would_write',
] as const satisfies readonly SyncJournalKind[];

/** Which entries are shown; empty texts do not narrow. */
export interface HistoryFilter {
  /** Kind of records. */
  readonly entity: string;
  /** Id of a record in MaK. */
  readonly record: string;
  readonly kind: SyncJournalKind | '';
}

export const EVERYTHING: HistoryFilter = { entity: '', record: '', kind: '' };

/** As it stands in the address. */
export function readFilter(query: URLSearchParams): HistoryFilter {
  const kind = query.get('kind') ?? '';
  return {
    entity: query.get('of') ?? '',
    record: query.get('record') ?? '',
    kind: ENTRY_KINDS.find((one) => one === kind) ?? '',
  };
}

export function writeFilter({ entity, record, kind }: HistoryFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (entity !== '') query.set('of', entity);
  if (record !== '') query.set('record', record);
  if (kind !== '') query.set('kind', kind);
  return query;
}

/** Address of the history that a filter shows. */
export function historyPath(connector: string, filter: Partial<HistoryFilter> = {}): string {
  const query = writeFilter({ ...EVERYTHING, ...filter }).toString();
  const path = connectorPath(connector, 'history');
  return query === '' ? path : `${path}?${query}`;
}
