import type { Json, Values } from 'twenty-mak-domain';
import { z } from 'zod';
import { foundSchema } from '../../src/connectors/twenty/answers.ts';
import { TwentyClient } from '../../src/connectors/twenty/client.ts';
import { TwentyDirectory } from '../../src/connectors/twenty/directory.ts';
import { entityNamed, readValues, storedValues } from '../../src/connectors/twenty/entities.ts';
import type { References } from '../../src/connectors/twenty/field-kinds.ts';
import { readMessage } from '../../src/connectors/twenty/message.ts';
import { TwentyRecords } from '../../src/connectors/twenty/records.ts';
import { ensureWebhook, operationsOf } from '../../src/connectors/twenty/settings-api.ts';
import { TwentySimulator } from '../../src/connectors/twenty/simulator/index.ts';
import type { Question } from '../../src/connectors/twenty/simulator/index.ts';
import type { SimulatedRow } from '../../src/connectors/twenty/simulator/filters.ts';
import { RemoteFailure } from '../../src/connectors/sync/ports.ts';
import type {
  RemoteChange,
  RemotePage,
  RemoteRecord,
  Written,
} from '../../src/connectors/sync/ports.ts';
import type { OutboundAnswer, OutboundQuestion } from '../../src/platform/outbound-http/index.ts';
import { OWNERS } from './people.ts';
import type { StorySide } from './sides.ts';
import { Crash, NO_FAULTS } from './world.ts';
import type { Profile, World } from './world.ts';

const ADDRESS = 'https://sandbox.twenty.example';
const DEAL = entityNamed('deal');
/** Stages and gates are MaK's: people cannot write them in twenty, but programs can. */
const EDITED = ['name', 'amount', 'owner', 'stage'];
const CURRENCY = 'UAH';
const AUTHOR = { userId: 'person' };

const PROFILE: Profile = {
  key: 'twenty',
  entity: {
    name: DEAL.name,
    // More than are written one by one, so that some batches go as one.
    batch: 8,
    createsInMak: true,
    asStored: (values) => storedValues(DEAL, values),
    matrix: DEAL.fields
      .filter(({ field }) => EDITED.includes(field))
      .map(({ field, ability: { rule } }) => ({ field, ...rule })),
  },
  people: { mak: EDITED, remote: EDITED },
  typed: (field, edit, random) => {
    if (field === 'owner') return random.pick(OWNERS);
    return field === 'amount' ? { minor: edit * 100 + 37, currency: CURRENCY } : undefined;
  },
  statuses: () => [],
  isForeign: () => false,
  statusOf: () => null,
  stageAfter: () => null,
};

/** Nothing is linked but deals, and MaK has no other record that they name. */
const NO_LINKS = {
  remoteIds: () => Promise.resolve(new Map<string, string>()),
  localIds: () => Promise.resolve(new Map<string, string>()),
  bring: () => Promise.resolve(),
  ours: () => Promise.resolve(new Set<string>()),
};
const NO_REFERENCES: References = {
  idOf: () => null,
  personOf: (email) => email,
  localOf: () => null,
};

const toldSchema = z.object({
  eventName: z.string(),
  updatedFields: z.array(z.string()).default([]),
});

/** MasterDeals of the simulated twenty, read and written by the connector of the product, on virtual time and without a socket. */
export class TwentySide implements StorySide {
  readonly profile = PROFILE;
  readonly useless: string[] = [];
  readonly overwritten: string[] = [];
  onChange: StorySide['onChange'] = () => undefined;
  private readonly unread = new Set<string>();
  private readonly simulator: TwentySimulator;
  private readonly client: TwentyClient;
  private records: TwentyRecords;
  private made = 0;
  private isWriting = false;
  /**
   * Records of a greater batch were looked at and are written together: twenty compares no versions then, and what people write
   * in this moment is lost.
   */
  private isGuarded = false;

  private readonly world: World;

  constructor(world: World) {
    this.world = world;
    this.simulator = new TwentySimulator({
      now: () => world.now + world.skew,
      limits: [],
      newId: () => this.nextId(),
    });
    this.client = new TwentyClient(
      { ask: (question) => this.ask(question) },
      { take: async () => ({ given: 1, waitMs: 0 }) },
      {
        address: ADDRESS,
        apiKey: this.simulator.apiKey,
        bucket: 'x',
        budget: { burst: 1, perSecond: 1 },
        lane: 'people',
      },
    );
    this.records = this.open();
    const { workspace } = this.simulator;
    const members = OWNERS.flatMap((userEmail) => (userEmail === null ? [] : [{ userEmail }]));
    workspace.upsert('workspaceMember', members, AUTHOR);
    workspace.webhooks.send = (_url, _secret, body) => this.told(body);
  }

  async begin(): Promise<void> {
    const { faults, meanwhile } = this.world;
    Object.assign(this.world, { faults: NO_FAULTS, meanwhile: () => undefined });
    await ensureWebhook(this.client, 'https://mak.example/hook', 'secret', operationsOf([DEAL]));
    Object.assign(this.world, { faults, meanwhile });
  }

  get rows(): ReadonlyMap<string, RemoteRecord> {
    const rows = this.table('masterDeal').rows.values();
    return new Map([...rows].map((row) => [row.id, this.recordOf(row)]));
  }

  edit(remoteId: string, values: Values): void {
    const before = this.rows.get(remoteId)?.values ?? {};
    const filter = { id: { eq: remoteId } };
    this.simulator.workspace.update('masterDeal', filter, this.inputOf(values), AUTHOR);
    const after = this.rows.get(remoteId)?.values ?? {};
    for (const field of Object.keys(values))
      if (JSON.stringify(before[field]) !== JSON.stringify(after[field]))
        this.unread.add(`${remoteId} ${field}`);
  }

  make(values: Values, localId?: string): string {
    const { stage: _none, ...own } = values;
    const claim = localId === undefined ? {} : { makId: localId };
    const data = [{ ...this.inputOf(own), ...claim }];
    const [row] = this.simulator.workspace.upsert('masterDeal', data, AUTHOR);
    if (row === undefined) throw new Error('The simulator has written nothing.');
    return row.id;
  }

  release(remoteId: string): void {
    const filter = { id: { eq: remoteId } };
    this.simulator.workspace.update('masterDeal', filter, { makId: '' }, AUTHOR);
  }

  read(entity: string, ids: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    return this.records.read(entity, ids);
  }

  find(entity: string, localIds: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    return this.records.find(entity, localIds);
  }

  changedSince(entity: string, cursor: string | null): Promise<RemotePage> {
    return this.records.changedSince(entity, cursor);
  }

  async write(
    entity: string,
    changes: readonly RemoteChange[],
  ): Promise<readonly Written<string, string>[]> {
    if (this.world.isDry) this.world.writtenDry += 1;
    this.isWriting = true;
    const isForced = this.world.bugs.has('writes over a person');
    try {
      return await this.records.write(
        entity,
        isForced ? changes.map((change) => ({ ...change, version: null })) : changes,
      );
    } finally {
      this.isWriting = false;
      this.isGuarded = false;
    }
  }

  /** As a process that has just begun: it remembers nothing of twenty. */
  private open(): TwentyRecords {
    return new TwentyRecords(this.client, new TwentyDirectory(this.client, [], NO_LINKS));
  }

  /** One call over the wire, with all that may happen to it there. */
  private async ask({ url, headers, body }: OutboundQuestion): Promise<OutboundAnswer> {
    const api = new URL(url).pathname === '/graphql' ? '/graphql' : '/metadata';
    const question = JSON.parse(body) as Question;
    const isLook = /\bmasterDeals\(first/.test(question.query);
    const { meanwhile } = this.world;
    if (this.isGuarded) this.world.meanwhile = () => undefined;
    try {
      const asked = this.world.call(() =>
        this.simulator.answer(api, headers['authorization'], question),
      );
      const answer = JSON.stringify(await asked);
      if (isLook && !this.isWriting) this.seen(answer);
      return { kind: 'answered', status: 200, body: answer, retryAfter: null };
    } catch (error) {
      if (error instanceof Crash) this.records = this.open();
      if (!(error instanceof RemoteFailure)) throw error;
      if (error.kind === 'rate_limited')
        return { kind: 'answered', status: 200, body: TOO_MANY, retryAfter: null };
      return { kind: 'failed', code: 'timeout', reason: error.message };
    } finally {
      this.world.meanwhile = meanwhile;
      this.isGuarded = this.isWriting && (isLook || this.isGuarded);
    }
  }

  /** The engine knows now what people wrote. */
  private seen(answer: string): void {
    const { data } = z.object({ data: foundSchema }).safeParse(JSON.parse(answer));
    for (const { node } of data?.data.found.edges ?? [])
      for (const field of EDITED) this.unread.delete(`${node.id} ${field}`);
  }

  /** A message of twenty's, as the door of the product reads it. */
  private told(body: string): void {
    const told = readMessage(body);
    if (told?.entity !== DEAL) return;
    const { remoteId, fields, urgency } = told;
    const isOwn = urgency === 'system';
    if (isOwn) {
      const { eventName, updatedFields } = toldSchema.parse(JSON.parse(body));
      if (eventName === 'masterDeal.updated' && updatedFields.length === 0)
        this.useless.push(`${remoteId} as it is`);
      for (const { field, direction } of PROFILE.entity.matrix)
        if (
          direction === 'both' &&
          fields.includes(field) &&
          this.unread.delete(`${remoteId} ${field}`)
        )
          this.overwritten.push(`${remoteId} ${field}`);
    }
    const record = this.rows.get(remoteId);
    if (record === undefined) throw new Error(`twenty tells of ${remoteId}, which is not there.`);
    this.onChange({ ...record, localId: told.localId, isOwn }, fields);
  }

  private inputOf(values: Values): Record<string, unknown> {
    const input: Record<string, unknown> = {};
    for (const [field, value] of Object.entries(values)) {
      if (field === 'name') input['name'] = value;
      if (field === 'amount') input['amount'] = microsOf(value);
      if (field === 'owner') input['ownerId'] = this.idWhere('workspaceMember', 'userEmail', value);
      if (field === 'stage') input['stageId'] = this.stageCalled(value);
    }
    return input;
  }

  private stageCalled(stage: Json): string | null {
    const known = this.idWhere('makStage', 'makId', stage);
    if (known !== null) return known;
    const [row] = this.simulator.workspace.upsert('makStage', [{ makId: stage }], AUTHOR);
    return row?.id ?? null;
  }

  private idWhere(object: string, field: string, value: Json): string | null {
    const rows = [...this.table(object).rows.values()];
    return rows.find((row) => row[field] === value)?.id ?? null;
  }

  private table(object: string): { readonly rows: ReadonlyMap<string, SimulatedRow> } {
    return this.simulator.workspace.table(object);
  }

  private recordOf(row: SimulatedRow): RemoteRecord {
    const [owner, stage] = [
      this.table('workspaceMember').rows.get(String(row['ownerId'])),
      this.table('makStage').rows.get(String(row['stageId'])),
    ];
    const values = readValues(DEAL, { ...row, owner, stage }, NO_REFERENCES);
    const { id, updatedAt, makId } = row;
    const localId = typeof makId === 'string' && makId !== '' ? makId : null;
    return { remoteId: id, localId, values, version: updatedAt };
  }

  private nextId(): string {
    this.made += 1;
    return `00000000-0000-4000-8000-${String(this.made).padStart(12, '0')}`;
  }
}

const TOO_MANY = JSON.stringify({
  errors: [
    {
      message: 'Limit reached (100 tokens per 60000 ms)',
      extensions: { code: 'BAD_USER_INPUT', subCode: 'LIMIT_REACHED' },
    },
  ],
});

function microsOf(value: Json): { readonly amountMicros: number; readonly currencyCode: string } {
  const { minor, currency } = value as { minor: number; currency: string };
  return { amountMicros: minor * 10_000, currencyCode: currency };
}
