import { formatInstant, parseInstant } from 'twenty-mak-domain';
import type { Json } from 'twenty-mak-domain';
import { csvCell, plainCell } from '../../../platform/tables/index.ts';
import type { EventWriter, ExportedDeal, ExportedEvent } from './exported-event.ts';
import type { FileItem } from './file-event.ts';

/** The first five are the names that process-mining tools expect; the others let the file be read back whole. */
const COLUMNS = [
  'case:concept:name',
  'concept:name',
  'time:timestamp',
  'lifecycle:transition',
  'org:resource',
  'pipeline',
  'source',
  'event_id',
  'version',
  'correlation_id',
  'external_refs',
  'data',
] as const;

export function csvWriter(): EventWriter {
  return {
    contentType: 'text/csv; charset=utf-8; header=present',
    begin: () => `${COLUMNS.join(',')}\r\n`,
    beginDeal: () => '',
    event: rowOf,
    endDeal: () => '',
    end: () => '',
  };
}

function rowOf(deal: ExportedDeal, event: ExportedEvent): string {
  const { data } = event;
  const values: Record<(typeof COLUMNS)[number], string> = {
    'case:concept:name': deal.id,
    'concept:name': event.type,
    'time:timestamp': formatInstant(event.occurredAt),
    'lifecycle:transition': asText(data['lifecycle:transition']),
    'org:resource': asText(data['org:resource']),
    pipeline: deal.pipeline,
    source: event.source,
    event_id: event.eventId,
    version: String(event.version),
    correlation_id: event.correlationId ?? '',
    external_refs: JSON.stringify(event.refs),
    data: JSON.stringify(data),
  };
  return `${COLUMNS.map((column) => csvCell(values[column])).join(',')}\r\n`;
}

function asText(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Whether a table is an export of this product. */
export function isExportHeader(names: readonly string[]): boolean {
  return COLUMNS.every((column) => names.includes(column));
}

/** One row of an export as the event that it was. */
export function readExportedRow(row: Readonly<Record<string, string>>, place: number): FileItem {
  const text = (column: (typeof COLUMNS)[number]): string => plainCell(row[column] ?? '');
  const refs = readJson(text('external_refs'));
  const data = readJson(text('data'));
  if (!Array.isArray(refs) || typeof data !== 'object' || data === null) {
    const column = Array.isArray(refs) ? 'data' : 'external_refs';
    return {
      place,
      refusal: {
        code: 'malformed_json',
        reason: `Line ${place}: the column \`${column}\` is not valid JSON.`,
        field: column,
      },
    };
  }
  const dealId = text('case:concept:name');
  const correlationId = text('correlation_id');
  return {
    place,
    occurredAt: parseInstant(text('time:timestamp')),
    group: dealId,
    body: {
      event_id: text('event_id'),
      type: text('concept:name'),
      version: Number(text('version')),
      source: text('source'),
      occurred_at: text('time:timestamp'),
      ...(refs.length === 0 ? { master_deal_id: dealId } : { external_refs: refs as Json }),
      ...(correlationId === '' ? {} : { correlation_id: correlationId }),
      data,
      deal_id: dealId,
    },
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
