import { z } from 'zod';
import type { AmocrmAnswer } from '../../src/connectors/amocrm/answers.ts';
import type { AmocrmClient, AmocrmQuestion } from '../../src/connectors/amocrm/client.ts';

const entrySchema = z.looseObject({
  value: z.unknown(),
  enum_id: z.int().optional(),
  enum_code: z.string().nullish(),
});
const linkSchema = z.looseObject({ id: z.int(), is_main: z.boolean().optional() });

/** As much of any record as is looked at. */
export const recordSchema = z.looseObject({
  id: z.int(),
  name: z.string().optional(),
  updated_at: z.int().optional(),
  request_id: z.union([z.string(), z.array(z.string())]).optional(),
  custom_fields_values: z
    .array(
      z.looseObject({
        field_id: z.int(),
        field_code: z.string().nullish(),
        values: z.array(entrySchema),
      }),
    )
    .nullish(),
  _embedded: z
    .looseObject({
      contacts: z.array(linkSchema).optional(),
      companies: z.array(linkSchema).optional(),
      tags: z.array(z.looseObject({ name: z.string() })).optional(),
    })
    .optional(),
});
export type Shown = z.output<typeof recordSchema>;

/** What was answered. Throws when it is a refusal or nothing. */
export function dataOf(answer: AmocrmAnswer): unknown {
  if (answer.kind !== 'data') throw new Error(JSON.stringify(answer));
  return answer.data;
}

export function rowsOf(answer: AmocrmAnswer, name: string): readonly Shown[] {
  const { _embedded } = z
    .object({ _embedded: z.record(z.string(), z.unknown()) })
    .parse(dataOf(answer));
  return z.array(recordSchema).parse(_embedded[name]);
}

/** Writes rows of a kind and gives what was answered of each. */
export async function written(
  client: AmocrmClient,
  method: 'POST' | 'PATCH',
  path: string,
  rows: readonly object[],
): Promise<readonly Shown[]> {
  const answer = await client.ask({ method, path, body: rows });
  return rowsOf(answer, path.split('/').at(-1) ?? path);
}

/** One record. Throws when it is not there. */
export async function one(
  client: AmocrmClient,
  path: string,
  query: AmocrmQuestion['query'] = [],
): Promise<Shown> {
  return recordSchema.parse(dataOf(await client.ask({ path, query })));
}

/** Values of a custom field, by its id or code. */
export function valuesOf(record: Shown, field: number | string): readonly unknown[] | undefined {
  return record.custom_fields_values
    ?.find(({ field_id, field_code }) => field_id === field || field_code === field)
    ?.values.map(({ value }) => value);
}
