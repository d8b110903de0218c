import { z } from 'zod';
import { RemoteFailure } from '../sync/index.ts';
import type { RemoteOption } from '../sync/index.ts';
import { readAs } from './answers.ts';
import type { AmocrmClient } from './client.ts';
import { listFields, readFields } from './fields.ts';
import type { CustomField, CustomFields } from './fields.ts';
import { eachRow } from './pages.ts';
import { LEAD_FIELDS } from './settings.ts';
import type { LeadField, LeadSettings } from './settings.ts';

export interface AmocrmStatus {
  readonly pipelineId: number;
  readonly statusId: number;
  /** As people know them. */
  readonly pipeline: string;
  readonly title: string;
}

/** What records of an account refer to. */
export interface AmocrmAccount {
  readonly id: number;
  /** Who makes what MaK writes there; 0 when amoCRM does not say. */
  readonly userId: number;
  /** Of all prices of it. */
  readonly currency: string;
  /** Those that a lead of ours may have; leads that nobody has taken yet are none. */
  readonly statuses: readonly AmocrmStatus[];
  /** By id, the e-mail address of each person in lower case. */
  readonly people: ReadonlyMap<number, string>;
  /** By id, what each person is called. */
  readonly names: ReadonlyMap<number, string>;
  /** Who is responsible there for what has no owner here; null when nobody was named. */
  readonly nobody: number | null;
  /** The custom field of leads that holds MaK's id of a deal. */
  readonly makIdField: number;
  /** That with MaK's id of a lead; null while there is none. */
  readonly leadIdField: number | null;
  /** Which of its leads are leads of MaK; null: none. */
  readonly leads: LeadPlaces | null;
}

/** Where leads of MaK are. */
export interface LeadPlaces {
  readonly pipelines: ReadonlySet<number>;
  /** Those that stand for a status of MaK's. */
  readonly mapped: ReadonlySet<string>;
  /** The custom field of each of MaK's fields that has one; null where that is not there any more. */
  readonly fields: ReadonlyMap<LeadField, CustomField | null>;
}

/** Who is who, as an admin has set it. */
export interface AccountSettings {
  readonly people?: PeopleTable;
  /** E-mail address there of who stands for nobody. */
  readonly nobody?: string | null;
  readonly leads?: LeadSettings | null;
}

/** Addresses that differ between MaK and amoCRM. */
export type PeopleTable = readonly { readonly mak: string; readonly amocrm: string }[];

export const MAK_ID_FIELD = 'master_deal_id';
export const LEAD_ID_FIELD = 'mak_lead_id';

const accountSchema = z.object({
  id: z.int(),
  currency: z.string().length(3),
  current_user_id: z.int().nullish(),
});
const pipelineSchema = z.object({
  id: z.int(),
  name: z.string(),
  is_archive: z.boolean().default(false),
  _embedded: z.object({
    statuses: z.array(z.object({ id: z.int(), name: z.string(), type: z.int() })),
  }),
});
const userSchema = z.object({ id: z.int(), email: z.string(), name: z.string().nullish() });
const ORDINARY = 0;
/** Kinds of custom fields that hold a word. */
const SAYING: readonly string[] = ['text', 'textarea', 'select', 'radiobutton', 'streetaddress'];

/** Reads an account, and sees to it that leads have the field with MaK's id. Rejects with a `RemoteFailure`. */
export async function readAccount(
  client: AmocrmClient,
  { people = [], nobody = null, leads = null }: AccountSettings = {},
): Promise<AmocrmAccount> {
  const answer = await client.ask({ path: 'account' });
  if (answer.kind !== 'data')
    throw new RemoteFailure('unavailable', 'amoCRM does not say which account it is.');
  const { id, currency, current_user_id } = readAs(accountSchema, answer.data);
  const statuses: AmocrmStatus[] = [];
  for await (const pipeline of eachRow(client, { path: 'leads/pipelines' }, pipelineSchema)) {
    if (pipeline.is_archive) continue;
    for (const { id, name, type } of pipeline._embedded.statuses)
      if (type === ORDINARY)
        statuses.push({
          pipelineId: pipeline.id,
          statusId: id,
          pipeline: pipeline.name,
          title: name,
        });
  }
  const addresses = new Map(
    people.map(({ mak, amocrm }) => [amocrm.toLowerCase(), mak.toLowerCase()] as const),
  );
  const users = new Map<number, string>();
  const names = new Map<number, string>();
  let nobodyId: number | null = null;
  for await (const user of eachRow(client, { path: 'users' }, userSchema)) {
    const { id: userId, email, name } = user;
    const address = email.toLowerCase();
    if (address === nobody?.toLowerCase()) nobodyId = userId;
    users.set(userId, addresses.get(address) ?? address);
    if (name) names.set(userId, name);
  }
  if (nobody !== null && nobodyId === null)
    throw new RemoteFailure('blocked', `${nobody} is nobody in amoCRM; name somebody else there.`);
  const deals = await readFields(client, 'leads', MAK_ID_FIELD);
  const places = leads === null ? null : await readFields(client, 'leads', LEAD_ID_FIELD);
  const known = [...deals.all.values()].find(
    (field) => field.name === LEAD_ID_FIELD && field.type === 'text',
  );
  return {
    id,
    userId: current_user_id ?? 0,
    currency,
    statuses,
    people: users,
    names,
    nobody: nobodyId,
    makIdField: deals.makId,
    leadIdField: places?.makId ?? known?.id ?? null,
    leads:
      leads === null || places === null
        ? null
        : {
            pipelines: new Set(leads.pipelines),
            mapped: new Set(leads.statuses.map(({ amocrm }) => amocrm)),
            fields: placesOf(leads, places),
          },
  };
}

function placesOf(
  { fields }: LeadSettings,
  { all }: CustomFields,
): ReadonlyMap<LeadField, CustomField | null> {
  return new Map(
    LEAD_FIELDS.flatMap((field) => {
      const id = fields[field];
      return id === null ? [] : [[field, all.get(id) ?? null] as const];
    }),
  );
}

/** Pipelines, statuses and fields of leads, which settings may name. Rejects with a `RemoteFailure`. */
export async function readPlaces(client: AmocrmClient): Promise<readonly RemoteOption[]> {
  const places: RemoteOption[] = [];
  for await (const pipeline of eachRow(client, { path: 'leads/pipelines' }, pipelineSchema)) {
    if (pipeline.is_archive) continue;
    const { id, name } = pipeline;
    places.push({ setting: 'leads.pipelines', value: String(id), title: name });
    for (const status of pipeline._embedded.statuses)
      if (status.type === ORDINARY)
        places.push({
          setting: 'leads.statuses',
          value: `${id}:${status.id}`,
          title: `${name}: ${status.name}`,
        });
  }
  for (const field of (await listFields(client, 'leads')).values())
    if (SAYING.includes(field.type) && field.name !== MAK_ID_FIELD && field.name !== LEAD_ID_FIELD)
      places.push({ setting: 'leads.fields', value: String(field.id), title: field.name });
  return places;
}

/** Its people by e-mail address, whom settings may name. Rejects with a `RemoteFailure`. */
export async function readPeople(client: AmocrmClient): Promise<readonly RemoteOption[]> {
  const people: RemoteOption[] = [];
  for await (const { email, name } of eachRow(client, { path: 'users' }, userSchema))
    people.push({ setting: 'people', value: email.toLowerCase(), title: name || email });
  return people;
}
