import { randomUUID } from 'node:crypto';
import type { Values } from 'twenty-mak-domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalTurns } from '../../../test/amocrm-contract/target.ts';
import { OutboundHttp } from '../../platform/outbound-http/index.ts';
import type { RemoteRecords } from '../sync/index.ts';
import { readAccount } from './account.ts';
import type { AmocrmAccount } from './account.ts';
import { BatchSize } from './batch-size.ts';
import { AmocrmClient } from './client.ts';
import { LeadRecords } from './lead-records.ts';
import { NOTES } from './note-values.ts';
import { PartyRecords } from './party-records.ts';
import { COMPANIES, CONTACTS } from './party-values.ts';
import type { PartyKind } from './party-values.ts';
import { AmocrmSimulator } from './simulator/index.ts';
import { noteSchema, readRows, recordSchema, taskSchema } from './simulator/inputs.ts';
import type { RecordEntity } from './simulator/stored.ts';
import { writeNotes, writeTasks } from './simulator/work-routes.ts';
import { writeRecords } from './simulator/write-records.ts';
import { TASKS } from './task-values.ts';
import { LongLivedToken } from './tokens.ts';
import { WorkRecords } from './work-records.ts';
import type { WorkKind, WorkRow } from './work-records.ts';

const DEAL = randomUUID();

let amocrm: AmocrmSimulator;
let http: OutboundHttp;
let client: AmocrmClient;
let account: AmocrmAccount;
/** On which tasks and notes hang. */
let lead: string;

beforeEach(async () => {
  amocrm = new AmocrmSimulator({ limits: { perSecond: 10_000, accountPerSecond: 10_000 } });
  http = new OutboundHttp({ MAK_ALLOW_PRIVATE_WEBHOOKS: true });
  const budget = { burst: 1_000, perSecond: 1_000 };
  const access = { address: await amocrm.listen(), bucket: 'x', budget };
  const token = new LongLivedToken(amocrm.oauth.longLived());
  client = new AmocrmClient(http, new LocalTurns(), token, access);
  account = await readAccount(client);
  const [made] = byHand('leads', { name: 'Theirs' });
  lead = String(made?.id);
});
afterEach(async () => {
  await http.onApplicationShutdown();
  await amocrm.close();
});

const person = (): number => amocrm.account.users[1]?.id ?? 0;
const links = () => ({
  remoteIds: () => Promise.resolve(new Map([[DEAL, lead]])),
  localIds: (entity: string) => Promise.resolve(new Map(entity === 'deal' ? [[lead, DEAL]] : [])),
  bring: () => Promise.resolve(),
  ours: () => Promise.resolve(new Set<string>()),
});
const parties = (kind: PartyKind): RemoteRecords =>
  new PartyRecords(kind, client, account, new BatchSize(), new Map(), links());
const work = <Row extends WorkRow>(kind: WorkKind<Row>): RemoteRecords =>
  new WorkRecords(kind, client, account, new BatchSize(), links(), {
    read: () => Promise.resolve(new Map()),
    inDoubt: () => Promise.resolve([]),
  });

function byHand(entity: RecordEntity, values: object): readonly { readonly id: number }[] {
  const mode = 'id' in values ? 'update' : 'create';
  return writeRecords(amocrm.account, entity, readRows(recordSchema, [values]), mode, person());
}
const by = () => ({ account: amocrm.account, userId: person() });
const taskByHand = (values: object): unknown =>
  writeTasks(by(), readRows(taskSchema, [values]), 'update');
const noteByHand = (values: object): unknown =>
  writeNotes(by(), 'leads', readRows(noteSchema, [values]), undefined, 'update');
const coded = (field_code: string, value: string) => ({
  custom_fields_values: [{ field_code, values: [{ value }] }],
});

/** Whenever rows of a kind were written, a person edits the newest one before it is read back. */
function editAfterWrite({ path, rows, edit }: Case): void {
  let isWritten = false;
  amocrm.disturb = ({ method, url }) => {
    if (method === 'GET' && isWritten) {
      isWritten = false;
      edit(newest(rows()));
    } else if (method !== 'GET' && url === `/api/v4/${path}`) isWritten = true;
    return 'arrives';
  };
}

const newest = (rows: ReadonlyMap<number, unknown>): number => Math.max(...rows.keys());
const due_at = '2026-03-05T12:00:00.000Z';

interface Case {
  readonly path: string;
  readonly records: () => RemoteRecords;
  readonly rows: () => ReadonlyMap<number, unknown>;
  /** What MaK writes, and what a person writes in its place. */
  readonly ours: Values;
  readonly edit: (id: number) => unknown;
  readonly theirs: Values;
}
const CASES: Readonly<Record<string, Case>> = {
  lead: {
    path: 'leads',
    records: () => new LeadRecords(client, account),
    rows: () => amocrm.account.records.leads,
    ours: { name: 'Ours' },
    edit: (id) => byHand('leads', { id, name: 'By hand' }),
    theirs: { name: 'By hand' },
  },
  contact: {
    path: 'contacts',
    records: () => parties(CONTACTS),
    rows: () => amocrm.account.records.contacts,
    ours: { name: 'Olena Koval', email: 'ours@mak.example', phone: '+380671112233' },
    edit: (id) =>
      byHand('contacts', { id, first_name: 'Iryna', ...coded('EMAIL', 'theirs@mak.example') }),
    theirs: { name: 'Iryna Koval', email: 'theirs@mak.example' },
  },
  company: {
    path: 'companies',
    records: () => parties(COMPANIES),
    rows: () => amocrm.account.records.companies,
    ours: { name: 'Ours LLC' },
    edit: (id) => byHand('companies', { id, name: 'By hand LLC' }),
    theirs: { name: 'By hand LLC' },
  },
  task: {
    path: 'tasks',
    records: () => work(TASKS),
    rows: () => amocrm.account.tasks,
    ours: { deal: DEAL, title: 'Call', due_at, status: 'open' },
    edit: (id) => taskByHand({ id, text: 'Do not call', complete_till: 1_800_000_000 }),
    theirs: { title: 'Do not call', due_at: '2027-01-15T08:00:00.000Z' },
  },
  note: {
    path: 'leads/notes',
    records: () => work(NOTES),
    rows: () => amocrm.account.notes,
    ours: { deal: DEAL, text: 'Ours' },
    edit: (id) => noteByHand({ id, params: { text: 'By hand' } }),
    theirs: { text: 'By hand' },
  },
};

describe('what a person writes between a write and its reading back', () => {
  it.each(Object.entries(CASES))(
    'is not taken for what MaK has written: a %s',
    async (_kind, one) => {
      const { records, rows, ours, theirs } = one;
      const of = records();
      const change = { remoteId: null, localId: randomUUID(), values: ours, version: null };
      editAfterWrite(one);
      const [made] = await of.write('', [change]);
      // Whoever looks next finds another version, and what the person wrote in it.
      expect(made).toMatchObject({ kind: 'written', values: ours, version: '' });
      const id = String(newest(rows()));
      const seen = (await of.read('', [id])).get(id);
      expect(seen).toMatchObject({ values: { ...ours, ...theirs } });

      const again = { ...change, remoteId: id, version: seen?.version ?? '' };
      const [written] = await of.write('', [again]);
      expect(written).toMatchObject({ kind: 'written', values: ours, version: '' });
      expect((await of.read('', [id])).get(id)).toMatchObject({ values: { ...ours, ...theirs } });
    },
  );
});
