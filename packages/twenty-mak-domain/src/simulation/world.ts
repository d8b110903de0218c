import { DAY, HOUR, MINUTE, SECOND } from '../basics/index.ts';
import type { Instant } from '../basics/index.ts';
import type { Bug } from './bugs.ts';
import { Consumer } from './consumer.ts';
import type { Answer, Engine, Operation } from './engine.ts';
import { STORY } from './population.ts';
import type { PlannedDeal, RawEvent } from './population.ts';
import { FAULTS, NO_FAULTS } from './faults.ts';
import type { Fault } from './faults.ts';
import type { Random } from './random.ts';
import type { Transaction } from './repository.ts';
import type { Schedule } from './schedule.ts';
import { Sender } from './sender.ts';
import type { ModelStore } from './store.ts';
import type { Watch } from './watch.ts';

/** A committed operation at its moment: enough to play the story again on another store. */
export interface Performed {
  readonly tenant: string;
  readonly at: Instant;
  readonly operation: Operation;
}

/** A process of the product: it may be down, or cut off from the store. */
interface Node {
  up: boolean;
  reachesStore: boolean;
  readonly open: Set<Transaction>;
}

export interface World {
  readonly schedule: Schedule;
  readonly random: Random;
  readonly store: ModelStore;
  readonly watch: Watch;
  readonly engines: ReadonlyMap<string, Engine>;
  readonly bugs: ReadonlySet<Bug>;
}

/** The store gives up a transaction from which it hears nothing for so long. */
const SESSION_TIMEOUT = 5 * SECOND;

/** Two processes, senders and subscribers, with a network between them that loses, repeats and delays. */
export class Cluster {
  /** What was committed, in this order. */
  readonly history: Performed[] = [];
  /** What went wrong, and how often. */
  readonly faults: Record<Fault, number> = { ...NO_FAULTS };
  private readonly world: World;
  private readonly start: number;
  private readonly nodes: readonly Node[] = [newNode(), newNode()];
  private readonly consumers: readonly Consumer[];
  private relayAwake = false;
  private idle = 0;

  constructor(world: World) {
    this.world = world;
    this.start = world.schedule.now;
    this.consumers = [new Consumer('twenty', world.watch), new Consumer('webhook', world.watch)];
  }

  run(plans: ReadonlyMap<string, readonly PlannedDeal[]>): void {
    const { schedule, store, watch } = this.world;
    for (const [tenant, deals] of plans) {
      for (const source of new Set(
        deals.flatMap(({ sayings }) => sayings.map((saying) => saying.source)),
      )) {
        const sayings = deals.flatMap((deal) =>
          deal.sayings.filter((saying) => saying.source === source),
        );
        new Sender(this.world, sayings, (raws, answer) => this.request(tenant, raws, answer)).start(
          tenant,
        );
      }
    }
    this.sweepNowAndThen();
    schedule.run();
    for (const [tenant, engine] of this.world.engines) {
      const tx = store.begin(tenant) as Transaction;
      engine.perform(tx, { kind: 'sweep' });
      this.commit(tx, { kind: 'sweep' });
    }
    this.relay(Infinity);
    watch.finish(plans, schedule.now);
    for (const consumer of this.consumers) consumer.finish(store);
  }

  /** Sends a request to one of the processes; `answer` may be called late, several times or never. */
  private request(
    tenant: string,
    raws: readonly RawEvent[],
    answer: (answers: readonly Answer[]) => void,
  ): void {
    const { schedule, random } = this.world;
    const arrive = (): void => {
      const node = random.pick(this.nodes);
      this.transact(node, tenant, { kind: 'ingest', raws }, (answers) => {
        if (answers === null || this.strikes('answerLost')) return;
        schedule.in(random.int(1, 200), () => answer(answers));
      });
    };
    if (!this.strikes('requestLost')) schedule.in(random.int(1, 60), arrive);
    if (this.strikes('requestRepeated'))
      schedule.in(random.int(1, random.chance(0.5) ? 60 : HOUR), arrive);
  }

  private sweepNowAndThen(): void {
    const { schedule, random, engines } = this.world;
    const again = random.int(10 * MINUTE, 8 * HOUR);
    if (schedule.now + again > this.start + STORY + DAY) return;
    schedule.in(again, () => {
      for (const tenant of engines.keys()) {
        schedule.in(random.int(0, 50), () =>
          this.transact(random.pick(this.nodes), tenant, { kind: 'sweep' }, () => {}),
        );
      }
      this.sweepNowAndThen();
    });
  }

  /** Decides in a transaction and commits a moment later; `done` gets null when the process cannot tell how it went. */
  private transact(
    node: Node,
    tenant: string,
    operation: Operation,
    done: (answers: readonly Answer[] | null) => void,
    attempts = 200,
  ): void {
    const { schedule, random, store, engines, bugs } = this.world;
    if (!node.up || attempts === 0) return;
    if (!node.reachesStore) return done(null);
    const tx = store.begin(tenant);
    if (tx === null) {
      schedule.in(random.int(5, 50), () =>
        this.transact(node, tenant, operation, done, attempts - 1),
      );
      return;
    }
    node.open.add(tx);
    const answers = (engines.get(tenant) as Engine).perform(tx, operation);
    if (bugs.has('acknowledged-before-commit')) done(answers);
    schedule.in(random.int(1, 60), () => {
      if (!node.open.delete(tx)) return;
      if (this.strikes('crashBeforeCommit')) {
        tx.rollback();
        this.crash(node);
        return;
      }
      if (this.strikes('cutBeforeCommit') || !node.reachesStore) {
        this.cutOff(node);
        schedule.in(SESSION_TIMEOUT, () => tx.rollback());
        // The process wakes up much later and still believes in its transaction.
        schedule.in(2 * SESSION_TIMEOUT, () => {
          this.world.watch.expect(
            !tx.commit(),
            'effect twice',
            'a transaction that was given up came back',
          );
        });
        return done(null);
      }
      const committed = this.commit(tx, operation);
      this.wakeRelay();
      if (this.strikes('crashAfterCommit')) return this.crash(node);
      if (this.strikes('cutAfterCommit')) this.cutOff(node);
      done(committed && node.reachesStore ? answers : null);
    });
  }

  private commit(tx: Transaction, operation: Operation): boolean {
    const committed = tx.commit();
    if (committed) this.history.push({ tenant: tx.tenant, at: tx.now, operation });
    return committed;
  }

  private crash(node: Node): void {
    node.up = false;
    for (const tx of node.open) tx.rollback();
    node.open.clear();
    this.world.schedule.in(this.world.random.int(SECOND, 5 * MINUTE), () => {
      node.up = true;
    });
  }

  private cutOff(node: Node): void {
    node.reachesStore = false;
    this.world.schedule.in(this.world.random.int(SECOND, 20 * MINUTE), () => {
      node.reachesStore = true;
    });
  }

  private wakeRelay(): void {
    if (this.relayAwake) return;
    this.relayAwake = true;
    this.world.schedule.in(this.world.random.int(0, 40), () => {
      this.relayAwake = false;
      const rest = this.relay(this.world.random.int(1, 20));
      // What lies above a transaction that still runs waits for the next look.
      this.idle = rest ? 0 : this.idle + 1;
      if (this.idle < 3) this.wakeRelay();
      else this.idle = 0;
    });
  }

  /** Delivers up to `limit` rows to each subscriber; says whether there was anything. */
  private relay(limit: number): boolean {
    const { store, bugs } = this.world;
    let any = false;
    for (const consumer of this.consumers) {
      const rows = store.readOutbox(consumer.cursor, limit);
      const last = rows.at(-1);
      if (last === undefined) continue;
      any = true;
      const moved = [last.transaction, last.position] as const;
      const crashes = this.strikes('relayCrash');
      if (bugs.has('cursor-before-delivery')) consumer.cursor = moved;
      const reached = crashes ? this.world.random.int(0, rows.length) : rows.length;
      for (const row of rows.slice(0, reached)) consumer.receive(row);
      if (!crashes) consumer.cursor = moved;
    }
    return any;
  }

  private strikes(fault: Fault): boolean {
    const { schedule, random } = this.world;
    const strikes = schedule.now < this.start + STORY && random.chance(FAULTS[fault]);
    if (strikes) this.faults[fault] += 1;
    return strikes;
  }
}

function newNode(): Node {
  return { up: true, reachesStore: true, open: new Set() };
}
