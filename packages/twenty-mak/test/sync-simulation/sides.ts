import { isDeepStrictEqual } from 'node:util';
import type { Json, Values } from 'twenty-mak-domain';
import type {
  MakChange,
  MakRecord,
  MakRecords,
  RemoteChange,
  RemotePage,
  RemoteRecord,
  RemoteRecords,
  Written,
} from '../../src/connectors/sync/ports.ts';
import type { Look } from './store.ts';
import { MODEL, shownTo, trimmed } from './world.ts';
import type { Profile, World } from './world.ts';

/** Ends values that MaK does not take; the remote system takes any and cuts off blanks at the ends. */
export const TOO_LONG = 'is too long';
/** How late a change may appear in the remote system's list of changes, in milliseconds. */
const LATE = 5_000;
/** How far polls go back behind what they have seen, in milliseconds. */
const OVERLAP = 60_000;
const PAGE = 5;

interface MakRow extends MakRecord {
  readonly id: string;
}

/** MaK's deals. */
export class MakModel {
  readonly rows = new Map<string, MakRow>();
  /** Told of the stage that follows from a move of people there. */
  onFact: (id: string, stage: string) => void = () => undefined;
  /** Told of every change, with its fields, as the event log tells the engine. */
  onChange: (id: string, fields: readonly string[], isPerson: boolean) => void = () => undefined;
  private readonly views: MakView[] = [];

  readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  /** The same deals as one connector reads and writes them. */
  view(profile: Profile): MakView {
    const view = new MakView(this, profile);
    this.views.push(view);
    return view;
  }

  edit(id: string, values: Values): void {
    this.change(id, values, true);
    for (const field of Object.keys(values))
      for (const { unread } of this.views) unread.add(`${id} ${field}`);
  }

  make(values: Values): string {
    const id = this.empty();
    this.change(id, values, true);
    return id;
  }

  empty(): string {
    const id = `mak-${this.rows.size + 1}`;
    this.rows.set(id, { id, values: {}, version: 0 });
    return id;
  }

  change(id: string, values: Values, isPerson: boolean): void {
    const row = this.rows.get(id);
    if (row === undefined) throw new Error(`There is no ${id}.`);
    this.rows.set(id, {
      ...row,
      values: { ...row.values, ...values },
      version: row.version + 1,
    });
    this.onChange(id, Object.keys(values), isPerson);
  }
}

/** MaK's deals with the statuses of one connector. */
export class MakView implements MakRecords {
  /** What people wrote and the engine wrote over without ever having read it. */
  readonly overwritten: string[] = [];
  readonly unread = new Set<string>();
  /** Moves of people there that were recorded, by record. */
  readonly recorded = new Set<string>();

  private readonly mak: MakModel;
  private readonly profile: Profile;
  private readonly world: World;

  constructor(mak: MakModel, profile: Profile) {
    this.mak = mak;
    this.profile = profile;
    this.world = mak.world;
  }

  async read(_entity: string, ids: readonly string[]): Promise<ReadonlyMap<string, MakRecord>> {
    return this.world.own(
      () =>
        new Map(
          ids.flatMap((id) => {
            const row = this.mak.rows.get(id);
            for (const { field } of this.profile.entity.matrix)
              this.unread.delete(`${id} ${field}`);
            return row === undefined
              ? []
              : [[id, { ...row, values: this.shown(row.values) }] as const];
          }),
        ),
    );
  }

  async write(
    _entity: string,
    changes: readonly MakChange[],
  ): Promise<readonly Written<string, number>[]> {
    if (this.world.isDry) this.world.writtenDry += 1;
    return this.world.own(() => changes.map((change) => this.writeOne(change)));
  }

  private writeOne({ localId, values, version }: MakChange): Written<string, number> {
    const tooLong = Object.keys(values).find((field) => isTooLong(values[field] ?? null));
    if (tooLong !== undefined)
      return { kind: 'refused', refusal: { code: 'too_long', reason: 'too long', field: tooLong } };
    const id = localId ?? this.mak.empty();
    if (
      localId !== null &&
      this.mak.rows.get(id)?.version !== version &&
      !this.world.bugs.has('overtakes a person')
    )
      return { kind: 'moved' };
    for (const field of Object.keys(values))
      if (this.unread.delete(`${id} ${field}`)) this.overwritten.push(`${id} ${field}`);
    const { moved } = this.profile.entity;
    const { [moved ?? '']: status, ...rest } = values;
    this.mak.change(id, { ...rest, ...this.factOf(id, status) }, false);
    return this.written(id);
  }

  private factOf(id: string, status: Json | undefined): Values {
    if (status === undefined || this.world.bugs.has('forgets what people moved')) return {};
    this.recorded.add(`${id} ${String(status)}`);
    const stage = this.profile.stageAfter(status);
    if (stage === null) return {};
    this.mak.onFact(id, stage);
    return { stage };
  }

  private written(id: string): Written<string, number> {
    const { values, version } = this.mak.rows.get(id) ?? { values: {}, version: 0 };
    return { kind: 'written', id, values: this.shown(values), version };
  }

  /** As MaK shows it to the remote system. */
  private shown(values: Values): Values {
    return shownTo(this.profile, values);
  }
}

/** MaK refuses it, and says so; the difference stays. */
export function isTooLong(value: Json): boolean {
  return typeof value === 'string' && value.includes(TOO_LONG);
}

export interface RowThere extends RemoteRecord {
  /** MaK wrote it last. */
  readonly isOwn: boolean;
}

/** What a system may ask of MaK while a story is told. */
export interface Begun {
  /** What is linked at the moment. */
  readonly links: () => Promise<Look['links']>;
  readonly valuesOf: (localId: string) => Values;
  /** Somebody edits this record right now. */
  readonly edit: (remoteId: string) => void;
}

/** An outer system as a story plays it: people work there, and the engine reads and writes. */
export interface StorySide extends RemoteRecords {
  readonly profile: Profile;
  readonly rows: ReadonlyMap<string, RemoteRecord>;
  /** Writes that changed nothing. */
  readonly useless: readonly string[];
  /** What people wrote and the engine wrote over without ever having read it. */
  readonly overwritten: readonly string[];
  onChange: (record: RowThere, fields: readonly string[]) => void;
  /** What has to be read before anything goes wrong. */
  begin?(story: Begun): Promise<void>;
  edit(remoteId: string, values: Values): void;
  make(values: Values, localId?: string): string;
  /** Somebody empties the field with MaK's id. */
  release(remoteId: string): void;
}

interface RemoteRow extends RowThere {
  readonly changedAt: number;
  /** When the list of changes shows this version. */
  readonly listedAt: number;
}

/** The records of an outer system with a clock of its own. */
export class RemoteModel implements StorySide {
  readonly profile: Profile;
  readonly rows = new Map<string, RemoteRow>();
  /** Writes that changed nothing, written values by record. */
  readonly useless: string[] = [];
  /** What people wrote and the engine wrote over without ever having read it. */
  readonly overwritten: string[] = [];
  private readonly unread = new Set<string>();
  private made = 0;
  /** Whether it leaves out of its list of changes what MaK wrote last. */
  private readonly hidesOwn: boolean;
  onChange: StorySide['onChange'] = () => undefined;

  private readonly world: World;

  constructor(world: World, profile = MODEL) {
    this.world = world;
    this.profile = profile;
    this.hidesOwn = world.random.next() < 0.5;
  }

  edit(remoteId: string, values: Values): void {
    this.change(remoteId, values, null);
    for (const field of Object.keys(values)) this.unread.add(`${remoteId} ${field}`);
  }

  make(values: Values, localId?: string): string {
    const id = this.nextId();
    this.change(id, values, localId ?? null);
    return id;
  }

  release(remoteId: string): void {
    const row = this.rows.get(remoteId);
    if (row === undefined) throw new Error(`There is no ${remoteId}.`);
    this.rows.set(remoteId, { ...row, localId: null });
    this.change(remoteId, {}, null);
  }

  async read(_entity: string, ids: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    return this.world.call(() => {
      const found = new Map<string, RemoteRecord>();
      for (const id of ids) {
        const row = this.seen(id);
        if (row !== null) found.set(id, row);
      }
      return found;
    });
  }

  async find(
    _entity: string,
    localIds: readonly string[],
  ): Promise<ReadonlyMap<string, RemoteRecord>> {
    return this.world.call(() => {
      const found = new Map<string, RemoteRecord>();
      if (this.world.bugs.has('makes twice')) return found;
      for (const { localId, remoteId } of this.rows.values()) {
        const row = localId !== null && localIds.includes(localId) ? this.seen(remoteId) : null;
        if (localId !== null && row !== null) found.set(localId, row);
      }
      return found;
    });
  }

  async write(
    _entity: string,
    changes: readonly RemoteChange[],
  ): Promise<readonly Written<string, string>[]> {
    if (this.world.isDry) this.world.writtenDry += 1;
    return this.world.call(() => changes.map((change) => this.writeOne(change)));
  }

  async changedSince(_entity: string, cursor: string | null): Promise<RemotePage> {
    return this.world.call(() => {
      const [since, after] = (cursor ?? '0/').split('/');
      const listed = [...this.rows.values()]
        .filter(({ listedAt, isOwn }) => listedAt <= this.world.now && !(isOwn && this.hidesOwn))
        .toSorted((left, right) => place(left).localeCompare(place(right)));
      const rest = listed.filter((row) => place(row) > `${pad(Number(since))}/${after ?? ''}`);
      const page = rest.slice(0, PAGE);
      const more = rest.length > page.length;
      const last = page.at(-1);
      const newest = listed.at(-1)?.changedAt ?? 0;
      const overlap = this.world.bugs.has('polls without overlap') ? 0 : OVERLAP;
      return {
        seen: page.map(({ remoteId, localId, version }) => ({ remoteId, localId, version })),
        cursor:
          more && last !== undefined
            ? `${last.changedAt}/${last.remoteId}`
            : overlap === 0
              ? `${newest}/~`
              : `${Math.max(0, newest - overlap)}/`,
        more,
      };
    });
  }

  /** A record as the engine reads it: from now on it knows what people wrote. */
  private seen(remoteId: string): RemoteRecord | null {
    for (const { field } of this.profile.entity.matrix) this.unread.delete(`${remoteId} ${field}`);
    const row = this.rows.get(remoteId) ?? null;
    return this.world.bugs.has('takes over what is not ours') && row !== null
      ? { ...row, localId: null }
      : row;
  }

  private writeOne({ remoteId, localId, values, version }: RemoteChange): Written<string, string> {
    const id = remoteId ?? this.nextId();
    const before = this.rows.get(id);
    const isOld = version !== null && before?.version !== version;
    if (isOld && !this.world.bugs.has('writes over a person')) return { kind: 'moved' };
    const kept = Object.entries(values).every(([field, one]) =>
      isDeepStrictEqual(before?.values[field], one),
    );
    if (before !== undefined && kept) this.useless.push(`${id} ${JSON.stringify(values)}`);
    const { matrix, moved } = this.profile.entity;
    for (const { field, direction } of matrix)
      if (
        (direction === 'both' || field === moved) &&
        field in values &&
        this.unread.delete(`${id} ${field}`)
      )
        this.overwritten.push(`${id} ${field}`);
    this.change(id, values, localId);
    const row = this.rows.get(id);
    return { kind: 'written', id, values: row?.values ?? {}, version: row?.version ?? '' };
  }

  private change(remoteId: string, values: Values, localId: string | null): void {
    const before = this.rows.get(remoteId);
    const changedAt = this.world.now + this.world.skew;
    const row: RemoteRow = {
      remoteId,
      localId: localId ?? before?.localId ?? null,
      values: { ...before?.values, ...trimmed(values) },
      version: `${Number(before?.version ?? 0) + 1}`,
      changedAt,
      isOwn: localId !== null,
      listedAt: this.world.now + this.world.random.int(0, LATE),
    };
    this.rows.set(remoteId, row);
    this.onChange(row, Object.keys(values));
  }

  private nextId(): string {
    this.made += 1;
    return `${this.profile.key}-${this.made}`;
  }
}

function pad(time: number): string {
  return String(time).padStart(16, '0');
}

function place({ changedAt, remoteId }: RemoteRow): string {
  return `${pad(changedAt)}/${remoteId}`;
}
