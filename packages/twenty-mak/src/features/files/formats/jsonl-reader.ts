import { parseInstant } from 'twenty-mak-domain';
import { FileError } from '../../../platform/tables/index.ts';
import type { FileItem } from './file-event.ts';
import type { FileMapping } from './mapping.ts';
import { TableMapper } from './table-mapper.ts';
import type { Row } from './table-mapper.ts';

/** Characters of one line. */
const MAX_LINE = 1024 * 1024;

/**
 * Events of JSON Lines: one envelope a line, or any object a line with a mapping. A line that is no JSON object is a
 * problem of its own; a line without end stops the reading with a FileError.
 */
export async function* readJsonLines(
  text: AsyncIterable<string>,
  mapping?: FileMapping,
): AsyncGenerator<FileItem[]> {
  const mapper = mapping === undefined ? undefined : new TableMapper(mapping, 'jsonl');
  const read = (line: string, place: number): FileItem => readLine(line, place, mapper);
  let rest = '';
  let place = 0;
  for await (const chunk of text) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE)
      throw new FileError(
        'value_too_large',
        `Line ${place + lines.length + 1} has more than ${MAX_LINE} characters.`,
      );
    const items: FileItem[] = [];
    for (const line of lines) {
      place += 1;
      if (line.trim() !== '') items.push(read(line, place));
    }
    if (items.length > 0) yield items;
  }
  if (rest.trim() !== '') yield [read(rest, place + 1)];
}

function readLine(line: string, place: number, mapper: TableMapper | undefined): FileItem {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return {
      place,
      refusal: {
        code: 'malformed_json',
        reason: `Line ${place} is not valid JSON; each line holds one event.`,
      },
    };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return {
      place,
      refusal: {
        code: 'malformed_json',
        reason: `Line ${place} is no JSON object; each line holds one event.`,
      },
    };
  }
  return mapper === undefined ? envelope(value as Row, place) : mapper.map(value as Row, place);
}

function envelope(value: Row, place: number): FileItem {
  const { occurred_at: time, external_refs: refs, master_deal_id: deal } = value;
  return {
    place,
    body: value,
    occurredAt: typeof time === 'string' ? parseInstant(time) : null,
    group:
      typeof deal === 'string' ? deal : JSON.stringify(Array.isArray(refs) ? (refs[0] ?? '') : ''),
  };
}
