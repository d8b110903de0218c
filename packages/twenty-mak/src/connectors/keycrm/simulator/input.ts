import { z } from 'zod';
import { invalid, wordsOf } from './refusals.ts';
import { instantOf } from './stamps.ts';

/** A number, also as a text: Laravel does not mind. */
export const numeric = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);
export const wholeNumber = numeric.pipe(z.int());
export const text = z.string().max(65_000);
export const instant = z.string().transform((value, context) => {
  const at = instantOf(value);
  if (at === undefined) context.addIssue('not a date');
  return at ?? 0;
});
export const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);

/** Values of custom fields as they are written: a choice as a list of texts. */
export const customFields = z
  .array(
    z.looseObject({
      uuid: z.string(),
      value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]),
    }),
  )
  .nullish();

/** What was sent, as a schema reads it. Throws the refusal with status 422 and what is wrong with each field. */
export function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body ?? {});
  if (result.success) return result.data;
  const errors: Record<string, string[]> = {};
  for (const { path } of result.error.issues) {
    const name = path.join('.');
    const field = wordsOf(name);
    (errors[name] ??= []).push(
      valueAt(body, path) === undefined
        ? `The ${field} field is required.`
        : `The ${field} is invalid.`,
    );
  }
  throw invalid(errors);
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Readonly<Record<PropertyKey, unknown>>)[key]
        : undefined,
    body,
  );
}
