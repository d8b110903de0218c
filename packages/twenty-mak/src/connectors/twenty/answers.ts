import { z } from 'zod';
import { RemoteFailure } from '../sync/index.ts';

const identitySchema = z.looseObject({
  id: z.string(),
  makId: z.string().nullish(),
  updatedAt: z.string(),
  deletedAt: z.string().nullish(),
});
/** Who changed a record last. */
const actorSchema = z.object({ source: z.string().nullish(), name: z.string().nullish() });
const pageInfoSchema = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() });

/** A record with what all of them have; what else was asked for is unchecked. */
export type IdentifiedRow = z.output<typeof identitySchema>;

export const writtenSchema = z.object({
  rows: z.array(identitySchema.extend({ updatedBy: actorSchema.nullish() })),
});
export type WrittenRow = z.output<typeof writtenSchema>['rows'][number];
export const foundSchema = z.object({
  found: z.object({ edges: z.array(z.object({ node: identitySchema })) }),
});
export const changesSchema = z.object({
  found: z.object({ pageInfo: pageInfoSchema, edges: z.array(z.object({ node: identitySchema })) }),
});
export const membersSchema = z.object({
  found: z.object({
    pageInfo: pageInfoSchema,
    edges: z.array(
      z.object({ node: z.object({ id: z.string(), userEmail: z.string().nullish() }) }),
    ),
  }),
});

/** Rejects with a `RemoteFailure` for an answer that is not what was asked for. */
export function readAs<T>(schema: z.ZodType<T>, data: unknown): T {
  const read = schema.safeParse(data);
  if (read.success) return read.data;
  throw new RemoteFailure('unavailable', 'twenty answered something else than what was asked.');
}
