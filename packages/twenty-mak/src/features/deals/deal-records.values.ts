import type { Json, Values } from 'twenty-mak-domain';
import type { MakChange, MakMove, MakRecord, WriteRefusal } from '../../platform/records/index.ts';
import type { Parties } from './deal-records.repository.ts';

/** Longest name of a deal, in characters. */
const LONGEST_NAME = 500;

/** Fields that other systems may change. */
export const WRITABLE_FIELDS = [
  'name',
  'amount',
  'owner',
  'client',
  'contact',
  'archived',
] as const;

/** Beside these, what a deal that is new may name. */
const NEW_FIELDS = ['pipeline'] as const;

interface OwnEvent {
  readonly type: string;
  readonly data: object;
  /** What a refusal of it is about; null of the record as a whole. */
  readonly field: string | null;
}

type Accounts = ReadonlyMap<string, string>;

/** What changes refer to, as far as it is there. */
export interface Named {
  readonly accounts: Accounts;
  readonly parties: Parties;
  /** Keys by id. */
  readonly pipelines: ReadonlyMap<string, string>;
}

/** Why a change cannot be taken over, if it cannot. */
export function refusalOf(
  { localId, values }: MakChange,
  record: MakRecord | null,
  { accounts, parties, pipelines }: Named,
): WriteRefusal | null {
  if (localId !== null && record === null)
    return refusal('deal_gone', 'There is no such deal.', null);
  if (record?.values['merged_into'] != null)
    return refusal('deal_merged', 'The deal was merged into another one. Change that one.', null);
  const known = localId === null ? [...WRITABLE_FIELDS, ...NEW_FIELDS] : WRITABLE_FIELDS;
  const unknown = Object.keys(values).find((field) => !known.some((one) => one === field));
  if (unknown !== undefined)
    return refusal('field_read_only', `Nobody outside sets ${unknown} of a deal.`, unknown);
  const { name, amount, owner, client, contact, pipeline } = values;
  if (pipeline !== undefined && !(typeof pipeline === 'string' && pipelines.has(pipeline)))
    return refusal(
      'unknown_pipeline',
      'There is no such pipeline. Name another one in the settings of the connector.',
      'pipeline',
    );
  if (localId !== null && 'name' in values && (name === null || name === ''))
    return refusal('name_required', 'A deal has a name; write one.', 'name');
  if (typeof name === 'string' && name.length > LONGEST_NAME)
    return refusal('name_too_long', `A name has at most ${LONGEST_NAME} characters.`, 'name');
  if (amount != null && moneyOf(amount) === null)
    return refusal(
      'invalid_amount',
      'An amount is a whole number of minor units, with its currency.',
      'amount',
    );
  if (typeof owner === 'string' && !accounts.has(owner))
    return refusal(
      'unknown_owner',
      'No account has the e-mail address of this person. Invite the person.',
      'owner',
    );
  if (client != null && !(typeof client === 'string' && parties.companies.has(client)))
    return refusal(
      'unknown_client',
      'MaK does not have this company. The journal and the dead letters of companies say why.',
      'client',
    );
  if (contact != null && !(typeof contact === 'string' && parties.contacts.has(contact)))
    return refusal(
      'unknown_contact',
      'MaK does not have this person. The journal and the dead letters of contacts say why.',
      'contact',
    );
  return null;
}

/** The events that a change is. */
export function dataOf(
  author: string,
  { localId, values, move }: MakChange,
  record: MakRecord | null,
  { accounts, parties, pipelines }: Named,
): readonly OwnEvent[] {
  const { name, amount, owner, archived, pipeline } = values;
  const money = amount == null ? null : moneyOf(amount);
  const data = {
    ...(typeof name === 'string' && name !== '' ? { name } : {}),
    ...('amount' in values
      ? { amount: money?.minor ?? null, ...(money === null ? {} : { currency: money.currency }) }
      : {}),
    ...('owner' in values
      ? { owner_id: typeof owner === 'string' ? (accounts.get(owner) ?? null) : null }
      : {}),
    ...partiesOf(values, record, parties),
    ...(typeof pipeline === 'string' ? { pipeline: pipelines.get(pipeline) } : {}),
  };
  if (localId === null) return [{ type: 'crm.deal.created', data, field: null }];
  const events: OwnEvent[] = [];
  if (Object.keys(data).length > 0) events.push({ type: 'deal.updated', data, field: null });
  if (typeof archived === 'boolean' && archived !== record?.values['archived'])
    events.push({ type: archived ? 'deal.archived' : 'deal.restored', data: {}, field: null });
  if (move !== undefined) events.push({ ...factOf(author, move.to), field: move.field });
  return events;
}

/** A contact who is a client makes the deal that client's, unless a company has it. */
function partiesOf(values: Values, record: MakRecord | null, { contacts }: Parties): object {
  const { client, contact } = values;
  const company = client === undefined ? (record?.values['client'] ?? null) : client;
  const person = typeof contact === 'string' ? (contacts.get(contact) ?? null) : null;
  return {
    ...('client' in values || (company === null && person !== null)
      ? { client_id: company ?? person }
      : {}),
    ...('contact' in values ? { attributes: { contact_id: contact } } : {}),
  };
}

/** A move that means nothing here is the other system's own stage. */
function factOf(author: string, to: MakMove['to']): Omit<OwnEvent, 'field'> {
  if (to.kind === 'fact') return { type: to.eventType, data: {} };
  return { type: 'domain.stage.changed', data: { system: author, stage: to.status } };
}

function moneyOf(value: Json): { readonly minor: number; readonly currency: string } | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { minor, currency } = value as Values;
  if (typeof minor !== 'number' || !Number.isSafeInteger(minor)) return null;
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) return null;
  return { minor, currency };
}

function refusal(code: string, reason: string, field: string | null): WriteRefusal {
  return { code, reason, field };
}
