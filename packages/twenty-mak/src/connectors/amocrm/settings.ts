import { z } from 'zod';
import { RemoteFailure } from '../sync/index.ts';

export const addressField = z
  .url({ protocol: /^https?$/ })
  .transform((text) => new URL(text).origin)
  .describe('Origin of the account, e.g. https://example.amocrm.ru or https://example.kommo.com');

export const settingsSchema = z.strictObject({
  address: addressField,
  people: z
    .array(z.strictObject({ mak: z.email(), amocrm: z.email() }))
    .max(1_000)
    .default([])
    .describe('People whose e-mail addresses differ between MaK and amoCRM'),
  nobody: z
    .email()
    .nullable()
    .default(null)
    .describe(
      'E-mail address in amoCRM of who is responsible there for deals without an owner here, best a user for nothing else; null: whose token it is',
    ),
  default_owner: z
    .email()
    .nullable()
    .default(null)
    .describe(
      'E-mail address in MaK of who owns deals here whose responsible person there has no account in MaK; null: they wait among the dead letters',
    ),
});

/** Of an integration that an admin made in amoCRM. */
export const integrationFields = {
  client_id: z.uuid().describe('Its id'),
  client_secret: z.string().min(1).max(1_000).describe('Its secret key'),
};

export const secretsSchema = z.union([
  z.strictObject({
    token: z
      .string()
      .min(1)
      .max(8_192)
      .describe('Long-lived token of a private integration, made by an admin'),
  }),
  // The tokens that a consent gives change all the time and are kept elsewhere.
  z.strictObject(integrationFields),
]);

/** Throws a `RemoteFailure` of the kind `blocked` for what does not fit any more. */
export function readOrBlock<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const path = read.error.issues[0]?.path.join('.') ?? '';
  throw new RemoteFailure(
    'blocked',
    `The ${what} of this connector do not fit: ${path}. Set them again.`,
  );
}
