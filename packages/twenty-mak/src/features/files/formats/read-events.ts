import { readCsv } from './csv-reader.ts';
import { decode, FileError } from '../../../platform/tables/index.ts';
import { isProblem } from './file-event.ts';
import type { FileItem } from './file-event.ts';
import { readJsonLines } from './jsonl-reader.ts';
import type { FileMapping } from './mapping.ts';
import { openFile } from './open-file.ts';
import { readXes } from './xes-reader.ts';

export const FILE_FORMATS = ['xes', 'csv', 'jsonl'] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

export interface ReadOptions {
  /** Found out from the first character when it is not given. */
  readonly format?: FileFormat | undefined;
  readonly mapping?: FileMapping | undefined;
  /** Used for a file in XES when there is no mapping. */
  readonly xesMapping?: FileMapping | undefined;
  /** Name of the encoding when the file does not say it and is not UTF-8. */
  readonly encoding?: string | undefined;
  /**
   * `keep`: events that name a deal by its id are meant for the deal of that id. `refs`: the file comes from another
   * place, whose ids become references of the system `mak`.
   */
  readonly dealIds?: 'keep' | 'refs' | undefined;
}

/**
 * The events of a file, batch by batch as its bytes arrive; plain or gzip. Memory does not grow with the file, except
 * for one number a case in tables without event ids. Throws FileError where nothing more can be read.
 */
export async function* readEvents(
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions = {},
): AsyncGenerator<FileItem[]> {
  const text = decode(openFile(bytes), options.encoding)[Symbol.asyncIterator]();
  let head = '';
  while (head.trim() === '') {
    const next = await text.next();
    if (next.done === true) throw new FileError('empty_file', 'The file is empty.');
    head += next.value;
  }
  const all = prepend(head, text);
  const format = options.format ?? formatOf(head);
  const batches =
    format === 'xes'
      ? readXes(all, options.mapping ?? options.xesMapping)
      : format === 'csv'
        ? readCsv(all, options.mapping)
        : readJsonLines(all, options.mapping);
  if (options.dealIds !== 'refs') yield* batches;
  else for await (const items of batches) yield items.map(withoutDealId);
}

function formatOf(head: string): FileFormat {
  const first = head
    .trimStart()
    .replace(/^\ufeff/, '')
    .charAt(0);
  if (first === '<') return 'xes';
  return first === '{' || first === '[' ? 'jsonl' : 'csv';
}

async function* prepend(head: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield head;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

/** The same event, its deal named by a reference instead of an id of another place. */
function withoutDealId(item: FileItem): FileItem {
  if (isProblem(item) || typeof item.body !== 'object' || item.body === null) return item;
  const {
    deal_id: dealId,
    master_deal_id: masterDealId,
    ...body
  } = item.body as Record<string, unknown>;
  const id = typeof masterDealId === 'string' ? masterDealId : dealId;
  if (typeof id !== 'string') return item;
  const refs: unknown[] = Array.isArray(body['external_refs']) ? body['external_refs'] : [];
  return { ...item, group: id, body: { ...body, external_refs: [{ system: 'mak', id }, ...refs] } };
}
