import { hal, notRows, nothing, problem } from './answers.ts';
import type { Answer } from './answers.ts';
import type { Call, Handler, Route } from './call.ts';
import { complexSchema, readRow, readRows, recordSchema } from './inputs.ts';
import type { RecordInput, Row } from './inputs.ts';
import { fitsRecord, pageOf, readQuery, RECORD_FILTERS } from './lists.ts';
import type { RecordEntity, StoredRecord } from './stored.ts';
import { createComplex } from './complex.ts';
import { keep, writeRecords } from './write-records.ts';

/** Leads, contacts and companies. */
export function recordRoutes(entity: RecordEntity): Route[] {
  const list: Handler = ({ account, url, shower }) => {
    const query = readQuery(url.searchParams, RECORD_FILTERS);
    const rows = [...account.records[entity].values()].flatMap((record) =>
      fitsRecord(record, query) ? [listed(record)] : [],
    );
    return pageOf(rows, query, entity, url, ({ record }) => shower.record(record, query.with));
  };
  const one: Handler = (call) => {
    const record = call.account.records[entity].get(call.id);
    if (record === undefined || record.scalars['is_deleted'] === true) return call.unknown();
    const asked = readQuery(call.url.searchParams, /^$/).with;
    return hal(call.shower.record(record, asked));
  };
  const create: Handler = (call) => {
    const rows = readRows(recordSchema, call.body);
    const written = writeRecords(call.account, entity, rows, 'create', call.userId);
    return echoed(call, entity, written, rows, false);
  };
  const updateMany: Handler = (call) => {
    const rows = readRows(recordSchema, call.body);
    const written = writeRecords(call.account, entity, rows, 'update', call.userId);
    return echoed(call, entity, written, rows, true);
  };
  const updateOne: Handler = (call) => {
    const rows = readRow(recordSchema, call.body, call.id);
    const [written] = writeRecords(call.account, entity, rows, 'update', call.userId);
    if (written === undefined) return call.unknown();
    return hal(told(call, written, undefined, true));
  };
  return [
    ['GET', `/${entity}`, list],
    ['POST', `/${entity}`, create],
    ['PATCH', `/${entity}`, updateMany],
    ['GET', `/${entity}/:id`, one],
    ['PATCH', `/${entity}/:id`, updateOne],
    ['POST', `/${entity}/link`, linkMany(entity, true)],
    ['POST', `/${entity}/unlink`, linkMany(entity, false)],
    ['GET', `/${entity}/:id/links`, linksOf(entity)],
    ['POST', `/${entity}/:id/link`, link(entity, true)],
    ['POST', `/${entity}/:id/unlink`, link(entity, false)],
  ];
}

/** `POST /leads/complex`: its answer is a plain list. */
export const complexRoute: Route = [
  'POST',
  '/leads/complex',
  (call) => {
    const rows = readRows(complexSchema, call.body, 50);
    const { account, userId, duplicateControl } = call;
    return hal(account.together(() => createComplex(account, rows, userId, duplicateControl)));
  },
];

interface ListedRecord {
  readonly id: number;
  readonly created_at: number;
  readonly updated_at: number;
  readonly record: StoredRecord;
}

function listed(record: StoredRecord): ListedRecord {
  const { created_at, updated_at } = record.scalars;
  return {
    id: record.id,
    created_at: Number(created_at),
    updated_at: Number(updated_at),
    record,
  };
}

function told(
  { shower }: Call,
  { entity, id, scalars }: StoredRecord,
  requestId: string | undefined,
  isUpdate: boolean,
): object {
  return {
    id,
    ...(isUpdate ? { updated_at: scalars['updated_at'] } : {}),
    ...(requestId === undefined ? {} : { request_id: requestId }),
    _links: shower.link(`${entity}/${id}`),
  };
}

/** What was written, in the order of the rows; `request_id` only names them. */
function echoed(
  call: Call,
  entity: RecordEntity,
  written: readonly StoredRecord[],
  rows: readonly Row<RecordInput>[],
  isUpdate: boolean,
): Answer {
  return hal({
    _links: call.shower.link(entity),
    _embedded: {
      [entity]: written.map((record, index) => told(call, record, rows[index]?.key, isUpdate)),
    },
  });
}

interface LinkInput {
  readonly entity_id?: unknown;
  readonly to_entity_id?: unknown;
  readonly to_entity_type?: unknown;
  readonly metadata?: { readonly is_main?: unknown } | null;
}

function linksOf(entity: RecordEntity): Handler {
  return ({ account, id, unknown }) => {
    const record = account.records[entity].get(id);
    if (record === undefined) return unknown();
    const { contacts, mainContact, company } = record;
    const links = [
      ...contacts.map((to) => ({
        to_entity_id: to,
        to_entity_type: 'contacts',
        metadata: { main_contact: to === mainContact },
      })),
      ...(company === null
        ? []
        : [{ to_entity_id: company, to_entity_type: 'companies', metadata: null }]),
    ];
    return links.length === 0 ? nothing() : hal({ _embedded: { links } });
  };
}

/** Links of one record, whose id stands in the address. */
function link(entity: RecordEntity, isLinked: boolean): Handler {
  return ({ account, id, body, unknown }) => {
    const record = account.records[entity].get(id);
    if (record === undefined) return unknown();
    const links = linksIn(body);
    keep(account, [relinked(account, record, links, isLinked)]);
    return isLinked ? hal({ _embedded: { links } }) : nothing();
  };
}

/** Links of several records: all of them, or none. */
function linkMany(entity: RecordEntity, isLinked: boolean): Handler {
  return ({ account, body }) => {
    const links = linksIn(body);
    const byRecord = Map.groupBy(links, ({ entity_id }) => Number(entity_id));
    const after = [...byRecord].map(([id, some]) => {
      const record = account.records[entity].get(id);
      if (record === undefined) throw problem(400, 'Bad Request');
      return relinked(account, record, some, isLinked);
    });
    keep(account, after);
    return isLinked ? hal({ _embedded: { links } }) : nothing();
  };
}

function linksIn(body: unknown): readonly LinkInput[] {
  if (!Array.isArray(body)) throw notRows('The request body must be an array.');
  return body as readonly LinkInput[];
}

/** Another company takes the place of the one that was linked; people come beside each other, and one of them is the main one. */
function relinked(
  account: Call['account'],
  record: StoredRecord,
  links: readonly LinkInput[],
  isLinked: boolean,
): StoredRecord {
  const after = links.reduce((before: StoredRecord, { to_entity_id, to_entity_type, metadata }) => {
    const to = Number(to_entity_id);
    const kind = String(to_entity_type);
    const isThere = kind === 'contacts' || kind === 'companies';
    const linked = isThere ? account.records[kind].get(to) : undefined;
    if (linked === undefined || linked.scalars['is_deleted'] === true)
      throw problem(400, 'Bad Request');
    if (kind === 'companies') return { ...before, company: isLinked ? to : null };
    const others = before.contacts.filter((one) => one !== to);
    const contacts = isLinked ? [...others, to] : others;
    const isMain = metadata?.is_main === true || before.mainContact === null;
    const kept = before.mainContact === to && !isLinked ? null : before.mainContact;
    return {
      ...before,
      contacts,
      mainContact: isLinked && isMain ? to : (kept ?? contacts[0] ?? null),
    };
  }, record);
  return { ...after, scalars: { ...after.scalars, updated_at: account.seconds() } };
}
