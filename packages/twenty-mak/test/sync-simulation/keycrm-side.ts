import { isDeepStrictEqual } from 'node:util';
import type { Values } from 'twenty-mak-domain';
import { readAccount } from '../../src/connectors/keycrm/account.ts';
import type { KeyCrmAccount } from '../../src/connectors/keycrm/account.ts';
import { KeyCrmApi } from '../../src/connectors/keycrm/api.ts';
import { KeyCrmClient } from '../../src/connectors/keycrm/client.ts';
import { settingsSchema } from '../../src/connectors/keycrm/settings.ts';
import { KeyCrmSimulator } from '../../src/connectors/keycrm/simulator/index.ts';
import { RemoteFailure } from '../../src/connectors/sync/ports.ts';
import type {
  RemoteChange,
  RemotePage,
  RemoteRecord,
  WrittenThere,
} from '../../src/connectors/sync/ports.ts';
import type { OutboundAnswer, OutboundQuestion } from '../../src/platform/outbound-http/index.ts';
import type { RecordSources } from '../../src/platform/records/index.ts';
import type { Begun, StorySide } from './sides.ts';
import { NO_FAULTS } from './world.ts';
import type { Profile, World } from './world.ts';

const ADDRESS = 'https://sandbox.keycrm.example/v1';
const WIDE = { calls: 1e9, window: 60_000 };
export const CURRENCY = 'UAH';
export const WAREHOUSE = 'main';

/** Records of one kind, as the connector of the product reads and writes them. */
export interface Records {
  read(ids: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>>;
  find(localIds: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>>;
  write(changes: readonly RemoteChange[]): Promise<readonly WrittenThere[]>;
  changedSince(cursor: string | null): Promise<RemotePage>;
  between?(change: RemoteChange, before: RemoteRecord | null): readonly Values[];
}

/** What records are opened with. */
export interface Opened {
  readonly api: KeyCrmApi;
  readonly account: KeyCrmAccount;
  readonly story: Begun;
}

/** Values of MaK's that are not synced, for who asks for them by id. */
export function sourceOf(values: (localId: string) => Values): Pick<RecordSources, 'of'> {
  const read = async (_tenant: string, ids: readonly string[]) =>
    new Map(ids.map((id) => [id, { values: values(id), version: 1 }]));
  return { of: () => ({ read, list: async () => [] }) };
}

/** Records of one kind of the KeyCRM simulator, read and written by the connector of the product, on virtual time and without a socket. */
export abstract class KeyCrmSide implements StorySide {
  abstract readonly profile: Profile;
  readonly useless: string[] = [];
  readonly overwritten: string[] = [];
  onChange: StorySide['onChange'] = () => undefined;
  protected readonly simulator: KeyCrmSimulator;
  private readonly unread = new Set<string>();
  /** As they were after the last change. */
  private known: ReadonlyMap<string, RemoteRecord> = new Map();
  private records: Records | undefined;
  private opened: KeyCrmAccount | undefined;
  private edited: Begun['edit'] = () => undefined;
  private isWriting = false;
  /** A record was made right now, and is not linked yet. */
  private isMaking = false;
  /** Records that the write has changed so far: what a look shows before that is known to nobody but the connector. */
  private readonly changed = new Set<string>();

  protected readonly world: World;

  constructor(world: World) {
    this.world = world;
    this.simulator = new KeyCrmSimulator({ now: () => world.now + world.skew, limit: WIDE });
  }

  protected abstract open(opened: Opened): Records | Promise<Records>;
  abstract get rows(): ReadonlyMap<string, RemoteRecord>;
  /** What people do in the pages of KeyCRM. */
  protected abstract editByHand(remoteId: string, values: Values): void;
  protected abstract makeByHand(values: Values, localId: string | undefined): string;
  protected abstract releaseByHand(remoteId: string): void;

  /** Of what a record has that a call of MaK's just made, that which MaK said. */
  protected saidOf(fields: readonly string[]): readonly string[] {
    return fields;
  }

  async begin(story: Begun): Promise<void> {
    const { faults, meanwhile } = this.world;
    Object.assign(this.world, { faults: NO_FAULTS, meanwhile: () => undefined });
    const client = new KeyCrmClient(
      { ask: async (question) => this.ask(question) },
      { take: async () => ({ given: 1, waitMs: 0 }) },
      {
        address: ADDRESS,
        apiKey: this.simulator.apiKey,
        bucket: 'x',
        budget: { burst: 1, perSecond: 1 },
        lane: 'people',
      },
    );
    const api = new KeyCrmApi(client);
    const { settings } = this.simulator.account;
    const account = await readAccount(
      api,
      settingsSchema.parse({
        source: settings.sources.all[0]?.id,
        warehouses: [{ mak: WAREHOUSE, keycrm: settings.warehouses.all[0]?.id }],
      }),
    );
    this.opened = account;
    this.records = await this.open({ api, account, story });
    this.edited = story.edit;
    Object.assign(this.world, { faults, meanwhile });
  }

  edit(remoteId: string, values: Values): void {
    const before = this.known.get(remoteId)?.values ?? {};
    this.editByHand(remoteId, values);
    this.notice(false);
    const after = this.known.get(remoteId)?.values ?? {};
    for (const field of Object.keys(values))
      if (!isDeepStrictEqual(before[field], after[field])) this.unread.add(`${remoteId} ${field}`);
  }

  make(values: Values, localId?: string): string {
    const id = this.makeByHand(values, localId);
    this.notice(false);
    return id;
  }

  release(remoteId: string): void {
    this.releaseByHand(remoteId);
    this.notice(false);
  }

  read(_entity: string, ids: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    return this.connector.read(ids);
  }

  find(_entity: string, localIds: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    return this.connector.find(localIds);
  }

  changedSince(_entity: string, cursor: string | null): Promise<RemotePage> {
    return this.connector.changedSince(cursor);
  }

  between(_entity: string, change: RemoteChange, before: RemoteRecord | null): readonly Values[] {
    return this.connector.between?.(change, before) ?? [];
  }

  async write(_entity: string, changes: readonly RemoteChange[]): Promise<readonly WrittenThere[]> {
    if (this.world.isDry) this.world.writtenDry += 1;
    this.isWriting = true;
    this.changed.clear();
    try {
      const { bugs } = this.world;
      const isForced = bugs.has('writes over a person');
      const written = await this.connector.write(
        isForced ? changes.map((change) => ({ ...change, version: null })) : changes,
      );
      return bugs.has('takes a person for the answer') ? written.map(withoutLeft) : written;
    } finally {
      this.isWriting = false;
      this.isMaking = false;
    }
  }

  protected get account(): KeyCrmAccount {
    if (this.opened === undefined) throw new Error('The story has not begun.');
    return this.opened;
  }

  private get connector(): Records {
    if (this.records === undefined) throw new Error('The story has not begun.');
    return this.records;
  }

  /**
   * One call over the wire, with all that may happen to it there. KeyCRM compares no versions: what people write from the last
   * look at a record to the call that writes it, and until a record that was made was looked at, may be lost and is left out.
   */
  private ask({ method = 'POST', url, headers, body }: OutboundQuestion): OutboundAnswer {
    const { pathname, search } = new URL(url);
    const call = { method, path: `${pathname.replace('/v1', '')}${search}`, body };
    const isGuarded = this.isWriting && (method !== 'GET' || this.isMaking);
    const { meanwhile } = this.world;
    if (isGuarded) this.world.meanwhile = () => undefined;
    else if (this.isWriting) this.editAgain(call.path);
    try {
      const { status, body: answer } = this.world.call(() => {
        const answered = this.simulator.answer(call, headers['authorization']);
        if (method !== 'GET')
          this.wrote(/^\/(?:order|buyer|pipelines\/cards)\/(\d+)/.exec(call.path)?.[1], answered);
        return answered;
      });
      if (method === 'GET' && !call.path.includes('_between')) this.seen(answer);
      const text = answer === undefined ? '' : JSON.stringify(answer);
      return { kind: 'answered', status, body: text, retryAfter: null };
    } catch (error) {
      if (!(error instanceof RemoteFailure)) throw error;
      if (error.kind === 'rate_limited')
        return { kind: 'answered', status: 429, body: '{}', retryAfter: '5' };
      return { kind: 'failed', code: 'timeout', reason: error.message };
    } finally {
      this.world.meanwhile = meanwhile;
      this.isMaking = method === 'POST' && !call.path.includes('payment');
    }
  }

  /** What a write has left is asked for: that is when somebody edits the record once more. */
  private editAgain(path: string): void {
    const asked = [...this.changed].filter((id) => new RegExp(`\\b${id}\\b`).test(path));
    const { random, faults } = this.world;
    for (const id of asked) if (random.next() < faults.meanwhile) this.edited(id);
  }

  private wrote(id: string | undefined, { body }: { readonly body: unknown }): void {
    this.notice(true, id);
    for (const one of id === undefined ? idsIn(body) : [id]) this.changed.add(one);
  }

  /** The engine knows now what people wrote. */
  private seen(answer: unknown): void {
    const ids = new Set(idsIn(answer).filter((id) => !this.isWriting || this.changed.has(id)));
    for (const one of this.unread) if (ids.has(one.split(' ')[0] ?? '')) this.unread.delete(one);
  }

  /** Tells of all that has changed; `written` is the record that a call of MaK's was about. */
  private notice(isOwn: boolean, written?: string): void {
    const before = this.known;
    this.known = this.rows;
    for (const [id, now] of this.known) {
      const was = before.get(id);
      const fields = Object.keys(now.values).filter(
        (field) => !isDeepStrictEqual(was?.values[field], now.values[field]),
      );
      if (isOwn)
        for (const { field, direction } of this.profile.entity.matrix)
          if (
            direction === 'both' &&
            fields.includes(field) &&
            this.unread.delete(`${id} ${field}`)
          )
            this.overwritten.push(`${id} ${field}`);
      const isSame = was !== undefined && fields.length === 0 && was.localId === now.localId;
      if (!isSame)
        this.onChange({ ...now, isOwn }, isOwn && was === undefined ? this.saidOf(fields) : fields);
      else if (isOwn && id === written) this.useless.push(`${id} as it is`);
    }
  }
}

function idsIn(answer: unknown): readonly string[] {
  if (Array.isArray(answer)) return answer.flatMap(idsIn);
  if (typeof answer !== 'object' || answer === null) return [];
  if ('data' in answer) return idsIn(answer.data);
  return 'id' in answer ? [String(answer.id)] : [];
}

function withoutLeft(written: WrittenThere): WrittenThere {
  return written.kind === 'written' ? { ...written, left: {} } : written;
}
