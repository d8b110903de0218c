import { z } from 'zod';
import { RemoteFailure } from '../sync/index.ts';
import type { RowRefusal } from './answers.ts';
import type { AmocrmClient } from './client.ts';
import { eachRow } from './pages.ts';

/** Custom fields of one kind of records, as far as we know them. */
export interface CustomFields {
  /** The one that holds MaK's id. */
  readonly makId: number;
  /** Codes of those that amoCRM itself has made, e.g. PHONE. */
  readonly codes: ReadonlySet<string>;
  /** All of them, by id. */
  readonly all: ReadonlyMap<number, CustomField>;
}

export interface CustomField {
  readonly id: number;
  readonly name: string;
  readonly type: string;
}

const fieldSchema = z.object({
  id: z.int(),
  name: z.string(),
  type: z.string(),
  code: z.string().nullish(),
});

/** Custom fields of records as they are read, with all that is in them. */
export const customSchema = z
  .array(
    z.object({
      field_id: z.int(),
      field_code: z.string().nullish(),
      values: z.array(
        z.object({
          value: z.unknown(),
          enum_id: z.int().nullish(),
          enum_code: z.string().nullish(),
        }),
      ),
    }),
  )
  .nullish();
export type Custom = z.output<typeof customSchema>;

/** All custom fields of a kind of records, e.g. `leads`, by id. Rejects with a `RemoteFailure`. */
export async function listFields(
  client: AmocrmClient,
  records: string,
): Promise<ReadonlyMap<number, z.output<typeof fieldSchema>>> {
  const all = new Map<number, z.output<typeof fieldSchema>>();
  const list = { path: `${records}/custom_fields` };
  for await (const field of eachRow(client, list, fieldSchema)) all.set(field.id, field);
  return all;
}

/**
 * Reads the custom fields of a kind of records, e.g. `leads`, and sees to it that there is one of this name for MaK's id.
 * Rejects with a `RemoteFailure`.
 */
export async function readFields(
  client: AmocrmClient,
  records: string,
  name: string,
): Promise<CustomFields> {
  const path = `${records}/custom_fields`;
  const read = async (): Promise<CustomFields | null> => {
    let makId: number | null = null;
    const codes = new Set<string>();
    const all = await listFields(client, records);
    for (const field of all.values()) {
      if (field.code != null) codes.add(field.code);
      if (makId === null && field.name === name && field.type === 'text') makId = field.id;
    }
    return makId === null ? null : { makId, codes, all };
  };
  const known = await read();
  if (known !== null) return known;
  const made = await client.ask({ method: 'POST', path, body: [{ name, type: 'text' }] });
  const after = made.kind === 'data' ? await read() : null;
  if (after !== null) return after;
  const reason = made.kind === 'refused' ? made.reason : 'it is not there afterwards.';
  throw new RemoteFailure(
    'blocked',
    `The ${records} need a custom field ${name} of the kind text, and amoCRM does not let us make it: ${reason}`,
  );
}

/** MaK's id that a record carries; null when it carries none. */
export function makIdIn(custom: Custom, field: number): string | null {
  const value = custom?.find(({ field_id }) => field_id === field)?.values[0]?.value;
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Fields that we name by their ids, that with MaK's id first of all, were there. */
export function isMakIdGone({ code, path }: RowRefusal): boolean {
  return code === 'NotSupportedChoice' && /^custom_fields_values\.\d+\.field_id$/.test(path);
}
