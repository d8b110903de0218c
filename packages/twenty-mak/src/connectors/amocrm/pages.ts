import { z } from 'zod';
import { RemoteFailure } from '../sync/index.ts';
import { readAs } from './answers.ts';
import type { AmocrmClient, AmocrmQuestion } from './client.ts';

/** Rows that one page holds at most. */
export const PAGE = 250;

const pageSchema = z.object({
  _links: z.object({ next: z.object({ href: z.string() }).optional() }).optional(),
  _embedded: z.record(z.string(), z.unknown()),
});

export interface AmocrmPage<T> {
  readonly rows: readonly T[];
  readonly more: boolean;
}

/** One page of a list, from 1. Rejects with a `RemoteFailure`. */
export async function readPage<T>(
  client: AmocrmClient,
  { path, query = [] }: Pick<AmocrmQuestion, 'path' | 'query'>,
  schema: z.ZodType<T>,
  page: number,
): Promise<AmocrmPage<T>> {
  const answer = await client.ask({ path, query: [...query, ['page', page], ['limit', PAGE]] });
  if (answer.kind === 'nothing') return { rows: [], more: false };
  if (answer.kind === 'refused')
    throw new RemoteFailure(
      'unavailable',
      `amoCRM does not give the list ${path}: ${answer.reason}`,
    );
  const { _links, _embedded } = readAs(pageSchema, answer.data);
  // The last word of the path is what the rows are called.
  const name = path.split('/').at(-1) ?? path;
  const rows = readAs(z.array(schema), _embedded[name]);
  return { rows, more: _links?.next !== undefined && rows.length > 0 };
}

/** All rows of a list, page by page. Rejects with a `RemoteFailure`. */
export async function* eachRow<T>(
  client: AmocrmClient,
  list: Pick<AmocrmQuestion, 'path' | 'query'>,
  schema: z.ZodType<T>,
): AsyncGenerator<T, void, undefined> {
  for (let page = 1; ; page += 1) {
    const { rows, more } = await readPage(client, list, schema, page);
    yield* rows;
    if (!more) return;
  }
}

/** Ids in one address; more would make it longer than web servers take. */
const NAMED = 100;

/** Rows of a list that are named by one of its filters, e.g. `filter[id][]`. Rejects with a `RemoteFailure`. */
export async function rowsNamed<T>(
  client: AmocrmClient,
  { path, query = [] }: Pick<AmocrmQuestion, 'path' | 'query'>,
  name: string,
  values: readonly string[],
  schema: z.ZodType<T>,
): Promise<readonly T[]> {
  const rows: T[] = [];
  for (let start = 0; start < values.length; start += NAMED) {
    const named = values.slice(start, start + NAMED).map((value) => [name, value] as const);
    for await (const row of eachRow(client, { path, query: [...query, ...named] }, schema))
      rows.push(row);
  }
  return rows;
}
