import type { HistoryRow, PersonRow } from './client-page.repository.ts';
import type { ClientFacets, ContactAnswer } from './clients.dto.ts';
import { ClientHistoryKind, ClientKind, ContactState } from './clients.model.ts';
import type {
  Client,
  ClientContact,
  ClientContactInput,
  ClientFacetsModel,
  ClientFieldsInput,
  ClientFilterInput,
  ClientHistoryLine,
  ClientMergeChoicesInput,
  ClientPerson,
} from './clients.model.ts';
import type { ClientRow } from './clients.repository.ts';

export function clientModel(row: ClientRow): Client {
  return {
    id: row.id,
    kind: ClientKind[row.kind],
    name: row.name,
    industry: row.industry,
    size: row.size,
    budgetBand: row.budget_band,
    clientType: row.client_type,
    source: row.source,
    segments: row.segments,
    keyAccount: row.key_account,
    ownerId: row.owner_id,
    externalRefs: row.external_refs,
    attributes: row.attributes,
    archivedAt: row.archived_at,
    mergedInto: row.merged_into,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

export function contactModel(contact: ContactAnswer): ClientContact {
  return { ...contact, state: ContactState[contact.state] };
}

export function personModel({ account_id, open_deals, ...person }: PersonRow): ClientPerson {
  return { ...person, accountId: account_id, openDeals: open_deals };
}

export function historyModel({
  kind,
  at,
  deal_id,
  deal_name,
  detail,
}: HistoryRow): ClientHistoryLine {
  return { kind: ClientHistoryKind[kind], at, dealId: deal_id, dealName: deal_name, detail };
}

export function facetsModel(facets: ClientFacets): ClientFacetsModel {
  const { budget_bands: budgetBands, client_types: clientTypes, ...same } = facets;
  return { ...same, budgetBands, clientTypes };
}

/** The filter in the words of REST, so that one schema checks both. */
export function restFilter(filter: ClientFilterInput = {}): Record<string, unknown> {
  const { budgetBand, clientType, inSegment, keyAccount, archived, ...same } = filter;
  const flag = (value: boolean | null | undefined) => (value == null ? undefined : `${value}`);
  return {
    ...same,
    budget_band: budgetBand,
    client_type: clientType,
    in_segment: inSegment,
    key_account: flag(keyAccount),
    archived: flag(archived),
  };
}

/** What was chosen, in the words of REST. */
export function restChoices(choices: ClientMergeChoicesInput = {}): Record<string, unknown> {
  const { budgetBand, clientType, keyAccount, ownerId, ...same } = choices;
  const body = {
    ...same,
    budget_band: budgetBand,
    client_type: clientType,
    key_account: keyAccount,
    owner_id: ownerId,
  };
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value != null));
}

/** The fields in the words of REST; what is left out stays left out, null empties. */
export function restFields<Input extends ClientFieldsInput>(input: Input): Record<string, unknown> {
  const { budgetBand, clientType, keyAccount, ownerId, externalRefs, contacts, ...same } = input;
  const body = {
    ...same,
    budget_band: budgetBand,
    client_type: clientType,
    key_account: keyAccount,
    owner_id: ownerId,
    external_refs: externalRefs?.map(({ system, id }) => ({ system, id })),
    contacts: contacts?.map(restContact),
  };
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}

function restContact({ messengers, ...contact }: ClientContactInput): Record<string, unknown> {
  const { position, ...rest } = contact;
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value != null)),
    ...(position === undefined ? {} : { position }),
    ...(messengers == null
      ? {}
      : { messengers: messengers.map(({ kind, address }) => ({ kind, address })) }),
  };
}
