import { CLIENT_LIMITS, formatInstant, MAX_MESSENGERS } from 'twenty-mak-domain';
import { z } from 'zod';
import {
  expectedVersion,
  limitField,
  plainText,
  textField,
  uuidField,
} from '../../platform/validation/index.ts';
import { attributesField, countSchema, externalRefField } from '../deals/index.ts';
import { CLIENT_KINDS, CLIENT_SORTS } from './clients.repository.ts';
import type { ClientRow } from './clients.repository.ts';

const word = textField(100);

const messengerSchema = z.strictObject({ kind: word, address: textField(200) });

/** What says who a person is; kept sealed. */
export const contactSchema = z.strictObject({
  name: textField(200).optional(),
  email: z.email('must be an e-mail address').max(254).optional(),
  phone: textField(50).optional(),
  messengers: z.array(messengerSchema).max(MAX_MESSENGERS).optional(),
});
export type Contact = z.output<typeof contactSchema>;

/** As it is kept: files and leads bring addresses, such as of Cyrillic domains, that forms do not take. */
export const storedContactSchema = contactSchema.extend({ email: z.string().optional() });

export const contactBody = contactSchema
  .extend({
    id: uuidField.optional().describe('Of a contact that is there; alone it keeps it as it is.'),
    position: word.nullable().optional().describe('What the person does at the client.'),
  })
  .refine(
    ({ id, position: _position, ...contact }) =>
      id !== undefined || Object.values(contact).some((value) => value !== undefined),
    { error: 'needs a name, an e-mail address, a telephone number or a messenger' },
  );
export type ContactBody = z.output<typeof contactBody>;

const fields = {
  kind: z.enum(CLIENT_KINDS),
  name: textField(500),
  industry: word.nullable(),
  size: word.nullable(),
  budget_band: word.nullable(),
  client_type: word.nullable(),
  source: word.nullable(),
  segments: z
    .array(word)
    .max(CLIENT_LIMITS.segments)
    .transform((names) => [...new Set(names)]),
  key_account: z.boolean(),
  owner_id: uuidField.nullable().describe('Account that looks after the client.'),
  external_refs: z
    .array(externalRefField)
    .max(CLIENT_LIMITS.externalRefs)
    .describe('Its records in outer systems; deals may name the client by them.'),
  attributes: attributesField,
  contacts: z
    .array(contactBody)
    .max(CLIENT_LIMITS.contacts)
    .refine((list) => {
      const ids = list.flatMap(({ id }) => id ?? []);
      return new Set(ids).size === ids.length;
    }, 'must not name a contact twice')
    .describe('All contacts in their order, the main one first.'),
};

export const createClientBody = z.strictObject({
  ...z.strictObject(fields).partial().shape,
  kind: fields.kind.default('company'),
  name: fields.name,
});
export type CreateClient = z.output<typeof createClientBody>;

export const editClientBody = z
  .strictObject({ ...z.strictObject(fields).partial().shape, version: expectedVersion('client') })
  .refine((body) => Object.keys(body).length > 1, { error: 'must change something' });
export type EditClient = z.output<typeof editClientBody>;

export const clientVersionBody = z.strictObject({ version: expectedVersion('client') });

const sortNames = CLIENT_SORTS.flatMap((name) => [name, `-${name}`] as const);

export const listClientsQuery = z.strictObject({
  text: plainText(200).optional(),
  kind: z.enum(CLIENT_KINDS).optional(),
  industry: word.optional(),
  size: word.optional(),
  budget_band: word.optional(),
  client_type: word.optional(),
  source: word.optional(),
  segment: word.optional().describe('A word among its segments.'),
  in_segment: uuidField.optional().describe('A saved filter; see GET /v1/clients/segments.'),
  key_account: z.stringbool().optional(),
  owner: uuidField.optional(),
  lead: uuidField.optional().describe('A lead: clients that have a number or an address of it.'),
  archived: z.stringbool().default(false),
  sort: z.enum(sortNames).default('name'),
  limit: limitField,
  cursor: z.string().max(10_000).optional(),
});
export type ListClients = z.output<typeof listClientsQuery>;

export const HISTORY_KINDS = ['stage', 'note', 'breach', 'lead', 'edit'] as const;
export type HistoryKind = (typeof HISTORY_KINDS)[number];

export const clientHistoryQuery = z.strictObject({
  kind: z.enum(HISTORY_KINDS).optional(),
  limit: limitField,
  cursor: z.string().max(10_000).optional(),
});
export type ClientHistoryRequest = z.output<typeof clientHistoryQuery>;

const instantText = z.iso.datetime();

export const clientSchema = z.object({
  id: z.uuid(),
  kind: z.enum(CLIENT_KINDS),
  name: z.string(),
  industry: z.string().nullable(),
  size: z.string().nullable(),
  budget_band: z.string().nullable(),
  client_type: z.string().nullable(),
  source: z.string().nullable(),
  segments: z.array(z.string()),
  key_account: z.boolean(),
  owner_id: z.uuid().nullable(),
  external_refs: z.array(z.object({ system: z.string(), id: z.string() })),
  attributes: z.record(z.string(), z.unknown()),
  archived_at: instantText.nullable(),
  merged_into: z.uuid().nullable().describe('The client that it has become one with.'),
  version: z.int(),
  created_at: instantText,
  updated_at: instantText,
});
export type ClientAnswer = z.output<typeof clientSchema>;

export const CONTACT_STATES = ['open', 'hidden', 'erased'] as const;

export const contactAnswerSchema = z.object({
  id: z.uuid(),
  position: z.string().nullable(),
  state: z
    .enum(CONTACT_STATES)
    .describe(
      'hidden: the client is not your company’s own, and it needs the scope persons:read; erased: nobody can read it any more.',
    ),
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  messengers: z.array(z.object({ kind: z.string(), address: z.string() })),
});
export type ContactAnswer = z.output<typeof contactAnswerSchema>;

const personSchema = z.object({
  account_id: z.string(),
  name: z.string().nullable(),
  roles: z.array(z.string()).describe('`owner`, and the roles of pipelines.'),
  deals: z.int(),
  open_deals: z.int(),
});
export type ClientPersonAnswer = z.output<typeof personSchema>;

export const clientDetailSchema = clientSchema.extend({
  contacts: z.array(contactAnswerSchema),
  people: z
    .array(personSchema)
    .describe('Who works on its deals, those with most open ones first.'),
  sums: z.array(countSchema),
});
export type ClientDetailAnswer = z.output<typeof clientDetailSchema>;

export const historySchema = z.object({
  kind: z.enum(HISTORY_KINDS),
  at: instantText,
  deal_id: z.uuid().nullable(),
  deal_name: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
});
export type ClientHistoryAnswer = z.output<typeof historySchema>;

export const facetsSchema = z.object({
  industries: z.array(z.string()),
  sizes: z.array(z.string()),
  budget_bands: z.array(z.string()),
  client_types: z.array(z.string()),
  sources: z.array(z.string()),
  segments: z.array(z.string()),
});
export type ClientFacets = z.output<typeof facetsSchema>;

/** A client as REST shows it. */
export function clientAnswer(row: ClientRow): ClientAnswer {
  return {
    ...row,
    archived_at: row.archived_at === null ? null : formatInstant(row.archived_at),
    created_at: formatInstant(row.created_at),
    updated_at: formatInstant(row.updated_at),
  };
}
