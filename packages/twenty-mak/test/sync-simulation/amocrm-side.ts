import { isDeepStrictEqual } from 'node:util';
import type { Json, Values } from 'twenty-mak-domain';
import { readAccount } from '../../src/connectors/amocrm/account.ts';
import type { AmocrmAccount } from '../../src/connectors/amocrm/account.ts';
import { AmocrmClient } from '../../src/connectors/amocrm/client.ts';
import { LeadRecords } from '../../src/connectors/amocrm/lead-records.ts';
import {
  leadSchema,
  makIdOf,
  storedLeadValues,
  valuesOfLead,
  versionOfLead,
} from '../../src/connectors/amocrm/lead-values.ts';
import { AmocrmSimulator } from '../../src/connectors/amocrm/simulator/index.ts';
import { LOST, WON } from '../../src/connectors/amocrm/simulator/account.ts';
import type { RecordInput } from '../../src/connectors/amocrm/simulator/inputs.ts';
import type { StoredRecord } from '../../src/connectors/amocrm/simulator/stored.ts';
import { writeRecords } from '../../src/connectors/amocrm/simulator/write-records.ts';
import { LongLivedToken } from '../../src/connectors/amocrm/tokens.ts';
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
import { NO_FAULTS, stageAfter, statusOf } from './world.ts';
import type { Profile, World } from './world.ts';

const WIDE = { perSecond: 1e9, accountPerSecond: 1e9 };
const CURRENCY = 'UAH';
const ADDRESS = 'https://sandbox.amocrm.example';
/** Who is responsible for what has no owner in MaK. */
const ROBOT = 'mak@sandbox.example';

/** Leads of the amoCRM simulator, read and written by the connector of the product, on virtual time and without a socket. */
export class AmocrmSide implements StorySide {
  readonly profile: Profile;
  readonly useless: string[] = [];
  readonly overwritten: string[] = [];
  onChange: StorySide['onChange'] = () => undefined;
  private readonly unread = new Set<string>();
  private readonly simulator: AmocrmSimulator;
  private account: AmocrmAccount | undefined;
  private records: LeadRecords | undefined;
  /** Whose call is answered now. */
  private isOwn = false;
  private isWriting = false;
  /** Of leads that are being made, whether MaK says which status they have: amoCRM gives one to each. */
  private withStatus: boolean[] = [];
  /** From the last look at versions to the write: amoCRM compares none, what people write in this moment is lost. */
  private isGuarded = false;

  private readonly world: World;

  constructor(world: World) {
    this.world = world;
    this.simulator = new AmocrmSimulator({ now: () => world.now + world.skew, limits: WIDE });
    this.profile = this.makeProfile();
    this.simulator.account.onChange = (changes) => {
      for (const change of changes)
        if (change.kind === 'record' && ['add', 'update'].includes(change.action))
          this.changed(change.before, change.after);
    };
  }

  private makeProfile(): Profile {
    const { statuses } = this.simulator.account.mainPipeline;
    const [first, second, third] = statuses.filter(({ id, type }) => type === 0 && id > LOST);
    const pipeline = this.simulator.account.mainPipeline.id;
    const place = (id: number | undefined): string => `${pipeline}:${id}`;
    const words = new Map([
      ['A', place(first?.id)],
      ['B', place(second?.id)],
      ['C', place(third?.id)],
    ]);
    const foreign = [place(WON), place(LOST)];
    return {
      key: 'amocrm',
      entity: {
        name: 'deal',
        batch: 4,
        createsInMak: true,
        asStored: storedLeadValues,
        matrix: [
          { field: 'name', direction: 'both', priority: 'newest', critical: false },
          { field: 'amount', direction: 'both', priority: 'newest', critical: true },
          { field: 'owner', direction: 'both', priority: 'remote', critical: false },
          { field: 'status', direction: 'out', priority: 'mak', critical: false },
        ],
        moved: 'status',
      },
      people: {
        mak: ['name', 'amount', 'owner', 'stage'],
        remote: ['name', 'amount', 'owner', 'status'],
      },
      typed: (field, edit, random) => {
        if (field === 'owner') return random.pick(OWNERS);
        // Some with kopiykas, which amoCRM cuts off.
        const minor = edit * 100 + (random.chance(0.1) ? 37 : 0);
        return field === 'amount' ? { minor, currency: CURRENCY } : undefined;
      },
      statuses: () => [...words.values(), ...foreign],
      isForeign: (status) => foreign.includes(status),
      statusOf: (stage) => words.get(String(statusOf(stage))) ?? null,
      stageAfter: (status) =>
        stageAfter([...words].find(([, shown]) => shown === status)?.[0] ?? null),
    };
  }

  async begin(): Promise<void> {
    const { faults, meanwhile } = this.world;
    Object.assign(this.world, { faults: NO_FAULTS, meanwhile: () => undefined });
    const token = new LongLivedToken(this.simulator.oauth.longLived());
    const turns = {
      take: async () => ({ given: 1, waitMs: 0 }),
      pause: async () => this.world.random.int(1, 20) * 1_000,
    };
    const access = { address: ADDRESS, bucket: 'x', budget: { burst: 1, perSecond: 1 } };
    const client = new AmocrmClient(
      { ask: async (question) => this.ask(question) },
      turns,
      token,
      access,
    );
    this.account = await readAccount(client, { nobody: ROBOT });
    this.records = new LeadRecords(client, this.account);
    Object.assign(this.world, { faults, meanwhile });
  }

  get rows(): ReadonlyMap<string, RemoteRecord> {
    const leads = [...this.simulator.account.records.leads.values()];
    return new Map(leads.map((lead) => [String(lead.id), this.recordOf(lead)]));
  }

  edit(remoteId: string, values: Values): void {
    this.byPerson({ id: Number(remoteId), ...this.inputOf(values) }, 'update');
    for (const field of Object.keys(values)) this.unread.add(`${remoteId} ${field}`);
  }

  make(values: Values, localId?: string): string {
    const { stage: _none, ...own } = values;
    const id = localId === undefined ? {} : this.idInput(localId);
    return this.byPerson({ ...this.inputOf(own), ...id }, 'create');
  }

  release(remoteId: string): void {
    this.byPerson({ id: Number(remoteId), ...this.idInput(null) }, 'update');
  }

  read(entity: string, ids: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    return this.connector.read(entity, ids);
  }

  find(entity: string, localIds: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    return this.connector.find(entity, localIds);
  }

  changedSince(entity: string, cursor: string | null): Promise<RemotePage> {
    return this.connector.changedSince(entity, cursor);
  }

  async write(
    entity: string,
    changes: readonly RemoteChange[],
  ): Promise<readonly Written<string, string>[]> {
    if (this.world.isDry) this.world.writtenDry += 1;
    this.isWriting = true;
    try {
      return await this.connector.write(entity, changes);
    } finally {
      this.isWriting = false;
      this.isGuarded = false;
    }
  }

  private get connector(): LeadRecords {
    if (this.records === undefined) throw new Error('The story has not begun.');
    return this.records;
  }

  /** One call over the wire, with all that may happen to it there. */
  private ask({ method = 'POST', url, headers, body }: OutboundQuestion): OutboundAnswer {
    const address = new URL(url);
    const names = address.searchParams.has('filter[id][]');
    const { meanwhile } = this.world;
    if (this.isGuarded) this.world.meanwhile = () => undefined;
    try {
      const answer = this.world.call(() => {
        this.isOwn = true;
        this.withStatus = method === 'POST' ? saysStatus(body) : [];
        try {
          return this.simulator.answer({ method, headers: { ...headers } }, address, body);
        } finally {
          this.isOwn = false;
        }
      });
      const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
      if (names) for (const id of address.searchParams.getAll('filter[id][]')) this.seen(id);
      return {
        kind: 'answered',
        status: answer.status,
        body: answer.body === null ? '' : text,
        retryAfter: null,
      };
    } catch (error) {
      if (!(error instanceof RemoteFailure)) throw error;
      if (error.kind === 'rate_limited')
        return { kind: 'answered', status: 429, body: '', retryAfter: null };
      return { kind: 'failed', code: 'timeout', reason: error.message };
    } finally {
      this.world.meanwhile = meanwhile;
      this.isGuarded = this.isWriting && method === 'GET' && (names || this.isGuarded);
    }
  }

  /** The engine knows now what people wrote. */
  private seen(id: string): void {
    for (const { field } of this.profile.entity.matrix) this.unread.delete(`${id} ${field}`);
  }

  private changed(before: StoredRecord | null, after: StoredRecord): void {
    const now = this.recordOf(after);
    const { remoteId } = now;
    const was = before === null ? null : this.recordOf(before);
    const fields = Object.keys(now.values).filter(
      (field) => !isDeepStrictEqual(was?.values[field], now.values[field]),
    );
    if (this.isOwn && before === null && this.withStatus.shift() !== true)
      return this.onChange(
        { ...now, isOwn: true },
        fields.filter((field) => field !== 'status'),
      );
    if (this.isOwn) {
      if (fields.length === 0 && was?.localId === now.localId)
        this.useless.push(`${remoteId} as it is`);
      for (const field of fields)
        if (this.unread.delete(`${remoteId} ${field}`))
          this.overwritten.push(`${remoteId} ${field}`);
    }
    this.onChange({ ...now, isOwn: this.isOwn }, fields);
  }

  private byPerson(input: RecordInput, mode: 'create' | 'update'): string {
    const { account } = this.simulator;
    const person = account.users.find(({ email }) => email === OWNERS[0]);
    const [written] = writeRecords(account, 'leads', [{ input, key: '0' }], mode, person?.id ?? 0);
    if (written === undefined) throw new Error('The simulator has written nothing.');
    return String(written.id);
  }

  private inputOf(values: Values): RecordInput {
    const input: RecordInput = {};
    for (const [field, value] of Object.entries(values)) {
      if (field === 'name') input.name = String(value);
      if (field === 'amount') input.price = Math.trunc((value as { minor: number }).minor / 100);
      if (field === 'owner') input.responsible_user_id = this.userOf(value);
      if (field === 'status')
        [input.pipeline_id, input.status_id] = String(value).split(':').map(Number);
    }
    return input;
  }

  private userOf(owner: Json): number {
    const user = this.simulator.account.users.find(({ email }) => email === (owner ?? ROBOT));
    if (user === undefined) throw new Error(`${String(owner)} is nobody in the simulator.`);
    return user.id;
  }

  private idInput(localId: string | null): RecordInput {
    const values = localId === null ? null : [{ value: localId }];
    return { custom_fields_values: [{ field_id: this.account?.makIdField, values }] };
  }

  private recordOf(lead: StoredRecord): RemoteRecord {
    const { account } = this;
    if (account === undefined) throw new Error('The story has not begun.');
    const custom = [...lead.custom].map(([field_id, values]) => ({ field_id, values }));
    const shown = leadSchema.parse({
      ...lead.scalars,
      id: lead.id,
      custom_fields_values: custom,
    });
    return {
      remoteId: String(lead.id),
      localId: makIdOf(shown, account),
      values: valuesOfLead(shown, account, () => null),
      version: versionOfLead(shown, account),
    };
  }
}

function saysStatus(body: string): boolean[] {
  const rows: unknown = JSON.parse(body);
  return Array.isArray(rows)
    ? rows.map((row) => typeof row === 'object' && row !== null && 'status_id' in row)
    : [];
}
