import { HOUR, MINUTE, SECOND } from '../basics/index.ts';
import type { Answer } from './engine.ts';
import type { RawEvent, Saying } from './population.ts';
import type { World } from './world.ts';

type Request = (raws: readonly RawEvent[], answer: (answers: readonly Answer[]) => void) => void;

/** How long a sender waits for an answer before it tells the same again. */
const PATIENCE = 10 * SECOND;

/** A system that tells its events until each of them is acknowledged, in no particular order. */
export class Sender {
  private readonly world: World;
  private readonly sayings: readonly Saying[];
  private readonly request: Request;
  private readonly pending = new Set<RawEvent>();
  private tenant = '';
  private busy = false;

  constructor(world: World, sayings: readonly Saying[], request: Request) {
    this.world = world;
    this.sayings = sayings;
    this.request = request;
  }

  start(tenant: string): void {
    this.tenant = tenant;
    for (const { at, raw } of this.sayings) {
      this.world.schedule.at(at, () => {
        this.pending.add(raw);
        this.flushSoon();
      });
    }
  }

  /** Some systems send every ten minutes, some every four hours: then requests of many come at once. */
  private flushSoon(): void {
    if (this.busy) return;
    this.busy = true;
    const { schedule, random } = this.world;
    const rhythm = random.chance(0.3) ? 10 * MINUTE : 4 * HOUR;
    const next = Math.ceil((schedule.now + 1) / rhythm) * rhythm;
    schedule.at(next + random.int(0, 50), () => this.flush());
  }

  private flush(): void {
    const { schedule, random, watch } = this.world;
    const batch = random.shuffled([...this.pending]).slice(0, random.int(1, 8));
    let answered = false;
    const proceed = (pause: number): void => {
      if (answered) return;
      answered = true;
      if (this.pending.size === 0) this.busy = false;
      else schedule.in(pause, () => this.flush());
    };
    this.request(batch, (answers) => {
      const rejected = batch.filter((raw, index) => {
        const answer = answers[index] as Answer;
        watch.answered(this.tenant, raw, answer);
        if (answer.kind !== 'rejected') this.pending.delete(raw);
        return answer.kind === 'rejected';
      });
      const [first] = batch;
      if (first !== undefined && !rejected.includes(first) && random.chance(0.02))
        this.forge(first);
      // A clock that runs ahead makes events wait until the present has caught up with them.
      proceed(rejected.length > 0 ? random.int(MINUTE, 15 * MINUTE) : random.int(1, SECOND));
    });
    schedule.in(PATIENCE, () => proceed(random.int(SECOND, MINUTE)));
  }

  /** A mistake of the sender: an event that is known, with other content. */
  private forge(raw: RawEvent): void {
    const { schedule, random, watch } = this.world;
    schedule.in(random.int(1, HOUR), () => {
      this.request([{ ...raw, data: { ...raw.data, forged: true } }], ([answer]) => {
        if (answer !== undefined) watch.answeredForgery(this.tenant, raw, answer);
      });
    });
  }
}
