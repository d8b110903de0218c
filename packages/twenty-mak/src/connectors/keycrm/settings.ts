import { ORDER_STATUSES } from 'twenty-mak-domain';
import { z } from 'zod';
import { FEWEST_CALLS } from './pace.ts';

/** What KeyCRM allows an API key in a minute, as its document says. */
export const CALLS_PER_MINUTE = 60;

/** Rows that KeyCRM gets in one call at most, as the document wants. */
export const BATCH = 50;

const id = z.int().positive();

const cardsSchema = z.strictObject({
  funnels: z
    .array(id)
    .min(1)
    .max(100)
    .describe('Ids of the funnels whose cards become deals; deals become cards of the first one'),
  pipeline: z
    .uuid()
    .nullable()
    .default(null)
    .describe('Id of the pipeline here whose deals they become; null: the default one'),
  field: z
    .string()
    .regex(/^\w{1,100}$/)
    .nullable()
    .default(null)
    .describe(
      "Uuid of the custom field of cards that holds MaK's id, e.g. LD_1021; null: it stands in the comment of new cards",
    ),
});
export type CardSettings = z.output<typeof cardsSchema>;

export const settingsSchema = z.strictObject({
  address: z
    .url({ protocol: /^https?$/ })
    .transform((text) => text.replace(/\/+$/, ''))
    .default('https://openapi.keycrm.app/v1')
    .describe('Address of the API with its version'),
  calls_per_minute: z
    .int()
    .min(FEWEST_CALLS)
    .max(1_000_000)
    .default(CALLS_PER_MINUTE)
    .describe('What KeyCRM allows the API key; all who use the key share it'),
  source: id.describe('Id of the source that orders of MaK have in KeyCRM'),
  payment_method: id
    .nullable()
    .default(null)
    .describe('Id of the payment method of payments from MaK; null: the first one'),
  statuses: z
    .array(z.strictObject({ mak: z.enum(ORDER_STATUSES), keycrm: id }))
    .max(500)
    .default([])
    .describe(
      'Which status in KeyCRM is which one here; for a status here the first one of it counts. Those that are not named follow from their group',
    ),
  warehouses: z
    .array(z.strictObject({ mak: z.string().min(1).max(100), keycrm: id }))
    .max(500)
    .default([])
    .describe('Warehouses whose stocks go over'),
  cards: cardsSchema
    .nullable()
    .default(null)
    .describe('Which cards of funnels are kept equal with deals; null: none'),
  people: z
    .array(z.strictObject({ mak: z.email(), keycrm: z.email() }))
    .max(1_000)
    .default([])
    .describe('People whose e-mail addresses differ between MaK and KeyCRM'),
  real_time: z
    .boolean()
    .default(true)
    .describe('Whether messages are looked at as soon as they come; else they are only kept'),
  batch: z
    .int()
    .min(1)
    .max(BATCH)
    .default(BATCH)
    .describe('Articles whose stocks or prices go over in one call'),
  all_customers: z
    .boolean()
    .default(false)
    .describe('Whether contacts of clients become buyers also when no order names them'),
  segment_field: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .nullable()
    .default(null)
    .describe('Uuid of the field of buyers that shows the segments of the client; null: none does'),
});
export type KeyCrmSettings = z.output<typeof settingsSchema>;

/** What it takes to ask KeyCRM anything. */
export const accessSchema = z.object({
  address: settingsSchema.shape.address,
  calls_per_minute: settingsSchema.shape.calls_per_minute,
});

export const secretsSchema = z
  .strictObject({
    api_key: z.string().min(1).max(4_096),
    webhook_secret: z
      .string()
      .regex(/^[\w-]{16,200}$/, 'must be 16 to 200 letters, digits, - or _')
      .optional()
      .describe('Stands in the address of webhooks; without it changes are found by asking alone'),
  })
  .transform(({ api_key, webhook_secret }) =>
    webhook_secret === undefined ? { api_key } : { api_key, webhook_secret },
  );
