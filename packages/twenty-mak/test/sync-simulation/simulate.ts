import { isDeepStrictEqual } from 'node:util';
import type { Json, Values } from 'twenty-mak-domain';
import { SyncEngine } from '../../src/connectors/sync/engine.ts';
import { LANES, RemoteFailure } from '../../src/connectors/sync/ports.ts';
import type { Lane } from '../../src/connectors/sync/ports.ts';
import { Random } from '../../src/simulator/random.ts';
import { isTooLong, MakModel, RemoteModel, TOO_LONG } from './sides.ts';
import type { MakView, StorySide } from './sides.ts';
import { StoreModel } from './store.ts';
import type { Look, StoryStore } from './store.ts';
import { Crash, MODEL, NO_FAULTS, shownTo, World } from './world.ts';
import type { Bug, Profile } from './world.ts';

export interface Report {
  readonly seed: number;
  /** What was promised and not kept; empty when all was. */
  readonly broken: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
}

/**
 * Stories in which something was lost once: a record that waits under two names, a field put back to what stands there, a
 * version that was read before a crash and not again.
 */
export const ONCE_BROKEN = [912_487, 503_527, 3_141];

const LANE_NAMES = Object.keys(LANES) as Lane[];

/** Makes a system that takes part in a story. */
export type System = (world: World) => StorySide;

const MODELS: readonly System[] = [(world) => new RemoteModel(world)];

interface Webhook {
  readonly remoteId: string;
  readonly localId: string | null;
  readonly fields: readonly string[];
  readonly at: number;
}

/** One connector with its system. */
interface Side {
  readonly profile: Profile;
  readonly view: MakView;
  readonly remote: StorySide;
  readonly store: StoryStore;
  readonly engine: SyncEngine;
  readonly webhooks: Webhook[];
  /** Records that carry the id of another MaK. */
  readonly foreign: Set<string>;
  /** Records that people have made there, and those that MaK has made there with a status. */
  readonly shown: Set<string>;
  readonly known: Set<string>;
}

/**
 * One story with one system, or with several on the same deals: people edit on all sides, messages and processes are lost, and in the end all
 * sides must be equal.
 */
export async function simulate(
  seed: number,
  bugs: readonly Bug[] = [],
  storeOf: (world: World) => StoryStore = (world) => new StoreModel(world),
  systems: readonly System[] = MODELS,
): Promise<Report> {
  return new Story(seed, new Set(bugs), storeOf, systems).play();
}

class Story {
  private readonly random: Random;
  private readonly world: World;
  private readonly mak: MakModel;
  private readonly sides: readonly Side[];
  /** What people wrote last in a field, by side; a change that the engine made is none. */
  private readonly written = new Map<string, Json>();
  /** Steps in which nothing may be written. */
  private dry: number;
  private edits = 0;

  private readonly seed: number;

  constructor(
    seed: number,
    bugs: ReadonlySet<Bug>,
    storeOf: (world: World) => StoryStore,
    systems: readonly System[],
  ) {
    this.seed = seed;
    this.random = new Random(`sync ${seed}`);
    this.world = new World(this.random, bugs);
    this.mak = new MakModel(this.world);
    this.sides = systems.map((system) => this.sideOf(system, storeOf));
    this.mak.onChange = (id, fields, isPerson) => {
      for (const { store } of this.sides)
        store.markLocal(id, { urgency: isPerson ? 'person' : 'system', side: 'mak', fields });
    };
    this.dry = this.random.next() < 0.2 ? this.random.int(5, 60) : 0;
    this.mak.onFact = (id, stage) => this.note(`mak ${id}`, { stage });
    for (const side of this.sides) this.listen(side);
    this.world.meanwhile = () => this.editSomething();
  }

  private sideOf(system: System, storeOf: (world: World) => StoryStore): Side {
    const remote = system(this.world);
    const { profile } = remote;
    const store = storeOf(this.world);
    const view = this.mak.view(profile);
    const engine = new SyncEngine({
      store,
      mak: view,
      remote,
      fingerprint: (value) => JSON.stringify(value),
      now: async () => this.world.now,
    });
    return {
      ...{ profile, view, remote, store, engine, webhooks: [] },
      ...{ foreign: new Set<string>(), shown: new Set<string>(), known: new Set<string>() },
    };
  }

  private listen({ remote, shown, known, webhooks, profile }: Side): void {
    // Of an address book nobody tells.
    if (profile.entity.whenNamed === true) return;
    remote.onChange = ({ remoteId, localId, isOwn }, fields) => {
      if ((!isOwn || fields.includes('status')) && !known.has(remoteId)) shown.add(remoteId);
      known.add(remoteId);
      const { lostWebhook, repeatedWebhook } = this.world.faults;
      const copies =
        this.random.next() < lostWebhook ? 0 : this.random.next() < repeatedWebhook ? 2 : 1;
      for (let copy = 0; copy < copies; copy += 1) {
        const at = this.world.now + this.random.int(0, 20_000);
        const said = this.random.next() < 0.2 ? null : localId;
        webhooks.push({ remoteId, localId: said, fields, at });
      }
    };
  }

  /** No chance is used up where there is no choice. */
  private oneSide(): Side {
    const [only] = this.sides;
    return this.sides.length === 1 && only !== undefined ? only : this.random.pick(this.sides);
  }

  async play(): Promise<Report> {
    for (const { remote, store, profile } of this.sides)
      await remote.begin?.({
        edit: (id) => this.editThere({ remote, profile }, id),
        links: async () => (await store.look()).links,
        valuesOf: (id) => this.mak.rows.get(id)?.values ?? {},
      });
    for (let made = this.random.int(1, 5); made > 0; made -= 1) this.makeSomething();
    for (let step = this.random.int(20, 120); step > 0; step -= 1) await this.step();
    for (const side of this.sides) await this.stopEditing(side);
    await this.rest();
    const looks = new Map<Side, Look>();
    for (const side of this.sides) looks.set(side, await side.store.look());
    const broken = [...looks].flatMap(([side, look]) => [
      ...this.differences(side, look),
      ...this.doubles(side, look),
      ...this.takenOver(side, look),
      ...this.unheard(side, look),
      ...side.remote.useless.map((one) => `useless write: ${one}`),
      ...[...side.view.overwritten, ...side.remote.overwritten].map(
        (one) => `written over unread: ${one}`,
      ),
    ]);
    broken.push(...this.lost(looks));
    const { counts, writtenDry } = this.world;
    if (writtenDry > 0) broken.push(`${writtenDry} writes though nothing may be written`);
    const sum = (count: (look: Look) => number): number =>
      [...looks.values()].reduce((total, look) => total + count(look), 0);
    return {
      seed: this.seed,
      broken,
      counts: {
        ...counts,
        edits: this.edits,
        conflicts: sum(({ conflicts }) => conflicts),
        refusals: sum(({ refusals }) => refusals),
      },
    };
  }

  private async step(): Promise<void> {
    if (this.dry > 0) this.dry -= 1;
    if (this.dry === 0 && this.world.isDry)
      for (const { store } of this.sides) await store.unpark();
    this.world.isDry = this.dry > 0;
    this.world.now += this.random.int(1, 15_000);
    const chosen = this.random.next();
    if (chosen < 0.04) this.makeSomething();
    else if (chosen < 0.4) this.editSomething();
    else if (chosen < 0.5) this.deliver(this.oneSide());
    else if (chosen < 0.6) {
      await this.poll(this.oneSide());
    } else if (chosen < 0.62) this.world.skew = this.random.int(-20_000, 20_000);
    else {
      const side = this.oneSide();
      await this.pass(side, this.random.pick(LANE_NAMES));
    }
  }

  /** No faults any more, and nobody edits. */
  private async stopEditing({ store, webhooks }: Side): Promise<void> {
    this.world.faults = NO_FAULTS;
    await store.unpark();
    this.world.isDry = false;
    this.world.meanwhile = () => undefined;
    webhooks.length = 0;
  }

  /** What is not asked for is compared at night. */
  private compare({ profile, remote, store }: Side): void {
    if (profile.entity.unasked !== true) return;
    for (const { remoteId, localId } of remote.rows.values())
      store.markRemote(remoteId, localId, { urgency: 'backfill', side: 'remote', fields: [] });
  }

  /** Whatever is open gets done. */
  private async rest(): Promise<void> {
    for (const side of this.sides) this.compare(side);
    for (let round = 0; round < 60; round += 1) {
      this.world.now += 120_000;
      let waiting = 0;
      for (const side of this.sides) {
        await this.poll(side);
        for (const lane of LANE_NAMES)
          while ((await this.pass(side, lane)) > 0) this.world.now += 1_000;
      }
      for (const { store } of this.sides) waiting += (await store.look()).waiting;
      if (round > 2 && waiting === 0) return;
    }
  }

  private pass({ engine, profile }: Side, lane: Lane): Promise<number> {
    // In every third story as if the remote system had not answered for a while.
    const isCautious = this.seed % 3 === 0;
    return this.work(() =>
      engine.pass({ ...profile.entity, isDry: this.world.isDry }, lane, isCautious),
    );
  }

  private poll({ engine, profile }: Side): Promise<number> {
    return this.work(async () => (await engine.poll(profile.entity)).found);
  }

  private async work(run: () => Promise<number>): Promise<number> {
    try {
      return await run();
    } catch (error) {
      if (error instanceof Crash || error instanceof RemoteFailure) return 0;
      throw error;
    }
  }

  private deliver({ webhooks, store }: Side): void {
    const due = webhooks.filter(({ at }) => at <= this.world.now);
    if (due.length === 0) return;
    const hook = this.random.pick(due);
    webhooks.splice(webhooks.indexOf(hook), 1);
    store.markRemote(hook.remoteId, hook.localId, {
      urgency: 'person',
      side: 'remote',
      fields: hook.fields,
    });
  }

  private makeSomething(): void {
    const values = this.fresh();
    const side = this.oneSide();
    const { key, entity, isUnmarked, fresh } = side.profile;
    if (this.random.next() < 0.1 && isUnmarked !== true) this.makeForeign(side, values);
    else if (this.random.next() < 0.6 || !entity.createsInMak || entity.whenNamed === true)
      this.note(`mak ${this.mak.make(values)}`, values);
    else if (fresh === undefined) {
      const { name = null } = values;
      this.note(`${key} ${side.remote.make({ name, campaign: this.value('c') })}`, { name });
    } else this.note(`${key} ${side.remote.make(values)}`, entity.asStored(values));
  }

  private fresh(): Values {
    const values = { name: String(this.value('name')), stage: 'lead' };
    return this.sides.reduce<Values>(
      (before, { profile }) => ({ ...before, ...profile.fresh?.(this.edits, this.random) }),
      values,
    );
  }

  /** Another MaK makes a record there, or one of its records is given to us. */
  private makeForeign({ foreign, remote }: Side, values: Readonly<Record<string, Json>>): void {
    const [known] = foreign;
    if (known === undefined || this.random.next() < 0.7)
      foreign.add(remote.make(values, `elsewhere-${foreign.size + 1}`));
    else {
      foreign.delete(known);
      remote.release(known);
    }
  }

  private editSomething(): void {
    const onMak = this.random.next() < 0.5;
    const side = this.oneSide();
    const ids = [...(onMak ? this.mak.rows : side.remote.rows).keys()];
    if (ids.length === 0) return;
    const id = this.random.pick(ids);
    if (!onMak) return this.editThere(side, id);
    const field = this.random.pick(this.editedInMak);
    const values = { [field]: this.value(field, side.profile) };
    this.mak.edit(id, values);
    this.note(`mak ${id}`, values);
  }

  private editThere({ remote, profile }: Pick<Side, 'remote' | 'profile'>, id: string): void {
    const field = this.random.pick(profile.people.remote);
    const values = { [field]: this.value(field, profile) };
    remote.edit(id, values);
    // What a system cannot have, nobody has written there.
    this.note(`${profile.key} ${id}`, profile.entity.asStored(values));
  }

  private get editedInMak(): readonly string[] {
    return [...new Set(this.sides.flatMap(({ profile }) => profile.people.mak))];
  }

  /** Some are too long for MaK, some have blanks that the remote system cuts off. */
  private value(field: string, { statuses }: Profile = MODEL): Json {
    this.edits += 1;
    if (field === 'status') return this.random.pick(statuses(this.edits));
    for (const { profile } of this.sides) {
      const value = profile.typed?.(field, this.edits, this.random);
      if (value !== undefined) return value;
    }
    const text = `${field.slice(0, 1)}${this.edits}`;
    const kind = this.random.next();
    if (kind < 0.04) return ` ${text} `;
    if (kind < 0.06) return `${text} ${TOO_LONG}`;
    return text;
  }

  private note(record: string, values: Readonly<Record<string, Json>>): void {
    for (const [field, value] of Object.entries(values))
      this.written.set(`${record} ${field}`, value);
  }

  /** Every linked pair is equal by the matrix, and nothing is left unlinked. */
  private differences({ profile, remote, foreign }: Side, { links, waiting }: Look): string[] {
    const broken: string[] = [];
    const { entity, key } = profile;
    const remoteOf = new Map(links.map(({ localId, remoteId }) => [localId, remoteId]));
    const linked = new Set(remoteOf.values());
    const { rows } = remote;
    for (const [id, { values }] of this.mak.rows) {
      const record = rows.get(remoteOf.get(id) ?? '');
      if (record === undefined) {
        broken.push(`${id} has no record in ${key}`);
        continue;
      }
      const shown = shownTo(profile, values);
      const stored = entity.asStored(shown);
      for (const { field } of entity.matrix) {
        const other = record.values[field] ?? null;
        if (field === entity.moved && shown[field] === null) continue;
        if (!isDeepStrictEqual(plain(stored[field] ?? null), plain(other)) && !isTooLong(other))
          broken.push(
            `${id} ${field}: ${JSON.stringify(stored[field])} here, ${JSON.stringify(other)} in ${key}`,
          );
      }
    }
    for (const { remoteId, values } of rows.values())
      if (!linked.has(remoteId) && !foreign.has(remoteId) && !Object.values(values).some(isTooLong))
        broken.push(`${remoteId} of ${key} has no deal`);
    if (waiting > 0) broken.push(`${waiting} records of ${key} still wait`);
    return broken;
  }

  /** What stands in the end is what a person wrote last on one of the sides, where that side may write. */
  private lost(looks: ReadonlyMap<Side, Look>): string[] {
    const broken: string[] = [];
    for (const [localId, { values }] of this.mak.rows) {
      const fields = this.sides.flatMap(({ profile }) => profile.entity.matrix);
      for (const name of new Set(fields.map(({ field }) => field))) {
        const writers = [
          ...(fields.some(({ field, direction }) => field === name && direction !== 'in')
            ? [`mak ${localId}`]
            : []),
          ...[...looks].flatMap(([{ profile }, { links }]) => {
            const rule = profile.entity.matrix.find(({ field }) => field === name);
            const link = links.find((one) => one.localId === localId);
            return rule === undefined || rule.direction === 'out' || link === undefined
              ? []
              : [`${profile.key} ${link.remoteId}`];
          }),
        ];
        const last = writers.flatMap((writer) => {
          const value = this.written.get(`${writer} ${name}`);
          return value === undefined ? [] : [plain(value)];
        });
        const value = plain(values[name] ?? null);
        const isOne = last.some((one) => isDeepStrictEqual(one, value));
        if (last.length > 0 && !isOne && !last.some(isTooLong))
          broken.push(
            `${localId} ${name} is ${JSON.stringify(value)}; people wrote ${JSON.stringify(last)}`,
          );
      }
    }
    return broken;
  }

  /** A record of another MaK stays that one's. */
  private takenOver({ foreign }: Side, { links }: Look): string[] {
    return links
      .filter(({ remoteId }) => foreign.has(remoteId))
      .map(({ localId, remoteId }) => `${localId} took over ${remoteId}`);
  }

  /** The last move of a person was recorded. */
  private unheard({ profile, view, shown }: Side, { links }: Look): string[] {
    return links.flatMap(({ localId, remoteId }) => {
      const moved = this.written.get(`${profile.key} ${remoteId} status`);
      if (typeof moved !== 'string' || !profile.isForeign(moved)) return [];
      const heard = view.recorded.has(`${localId} ${moved}`);
      return heard || !shown.has(remoteId) ? [] : [`${localId} never heard of ${moved}`];
    });
  }

  private doubles({ remote: { rows }, profile }: Side, { links }: Look): string[] {
    const remotes = new Set(links.map(({ remoteId }) => remoteId));
    const broken = remotes.size === links.length ? [] : ['two deals share a remote record'];
    const refused = [...rows.values()].filter(({ remoteId }) => !remotes.has(remoteId));
    if (this.mak.rows.size !== rows.size - refused.length)
      broken.push(`${this.mak.rows.size} deals and ${rows.size} records of ${profile.key}`);
    return broken;
  }
}

function plain(value: Json): Json {
  return typeof value === 'string' ? value.trim() : value;
}
