import { z } from 'zod';

export const addressField = z
  .url({ protocol: /^https?$/ })
  .transform((text) => new URL(text).origin)
  .describe('Origin of the account, e.g. https://example.amocrm.ru or https://example.kommo.com');

const id = z.int().positive();

/** What a lead has that has no place of its own there. */
export const LEAD_FIELDS = ['city', 'niche', 'source', 'handling'] as const;
export type LeadField = (typeof LEAD_FIELDS)[number];

const fieldIn = (what: string) =>
  id.nullable().default(null).describe(`Id of the custom field of leads with the ${what}`);

const leadsSchema = z.strictObject({
  pipelines: z
    .array(id)
    .min(1)
    .max(100)
    .describe('Ids of the pipelines whose leads are leads here; those of all others are deals'),
  source: z
    .string()
    .min(1)
    .max(64)
    .nullable()
    .default(null)
    .describe('Key of the source of leads that come from there; null: that of outer platforms'),
  statuses: z
    .array(
      z.strictObject({
        mak: z.string().min(1).max(64),
        amocrm: z.string().regex(/^\d{1,15}:\d{1,15}$/, 'must be a pipeline and a status'),
      }),
    )
    .max(500)
    .default([])
    .describe(
      'Which status there shows which one here. Moved into a status there, a lead gets the first one here that it shows. Leads whose status shows none stay here',
    ),
  fields: z
    .strictObject({
      city: fieldIn('city'),
      niche: fieldIn('niche'),
      source: fieldIn('source'),
      handling: fieldIn('way of handling'),
    })
    .prefault({})
    .describe('Custom fields of leads; null: it stays here'),
});
export type LeadSettings = z.output<typeof leadsSchema>;

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
  leads: leadsSchema
    .refine(
      ({ pipelines, statuses }) =>
        statuses.every(({ amocrm }) => pipelines.includes(Number(amocrm.split(':')[0]))),
      { path: ['statuses'], error: 'must be of the pipelines that are named' },
    )
    .refine(({ statuses }) => new Set(statuses.map(({ mak }) => mak)).size === statuses.length, {
      path: ['statuses'],
      error: 'must name each status of MaK once',
    })
    .nullable()
    .default(null)
    .describe('Which leads of amoCRM are leads here, and not deals; null: none'),
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
