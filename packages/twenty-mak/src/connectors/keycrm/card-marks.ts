import { RemoteFailure } from '../sync/index.ts';
import type { KeyCrmPage } from './answers.ts';

/** A card, as far as it is looked through. */
export interface MarkedCard {
  readonly id: string;
  readonly created_at: number;
  /** MaK's id that it carries. */
  readonly mark: string | null;
}

/** Cards that were made since an instant (milliseconds), the oldest first. */
export type ReadMade = (since: number, page: number) => Promise<KeyCrmPage<MarkedCard>>;

/** Pages that are read at one go, and for how long (milliseconds), so that a batch ends long before its lease does, also at a slow pace. */
const PAGES = 15;
const PATIENCE = 30_000;
/** The rest is read after this, in milliseconds. */
const SOON = 500;
/** So far back behind the newest card it is looked again, in milliseconds: what was stamped earlier may appear later. */
const OVERLAP = 300_000;
/** The next page begins so far before the end of the last one, in milliseconds: of two cards the later one may be stamped earlier. */
const SLACK = 10_000;

/** What was looked through. */
interface Walk {
  readonly from: number;
  /** Where to go on: so many pages after this instant. */
  next: number;
  page: number;
  newest: number;
  /** The oldest card by its mark. */
  readonly cards: Map<string, string>;
}

/** Which cards carry which of MaK's ids. KeyCRM has no filter for them, so what was read once is remembered. */
export class CardMarks {
  private walk: Walk | null = null;

  /**
   * The oldest cards with these marks among those that were made since then. Rejects with a `RemoteFailure` when there is more
   * to read than there is time for; the next time goes on from there.
   */
  async find(
    marks: readonly string[],
    since: number,
    read: ReadMade,
  ): Promise<ReadonlyMap<string, string>> {
    const walk = this.walkFrom(since);
    const isFound = (): boolean => marks.every((mark) => walk.cards.has(mark));
    let [at, page, more] = [walk.next, walk.page, true];
    const until = performance.now() + PATIENCE;
    for (let pages = 0; more && !isFound(); pages += 1) {
      if (pages === PAGES || performance.now() > until) throw stillRead();
      const found = await read(at, page);
      for (const { id, mark } of found.rows)
        if (mark !== null && !walk.cards.has(mark)) walk.cards.set(mark, id);
      const last = found.rows.at(-1)?.created_at ?? at;
      walk.newest = Math.max(walk.newest, last);
      ({ more } = found);
      // A few seconds may fill several pages.
      const next = last - SLACK;
      page = next > at ? 1 : page + 1;
      at = Math.max(at, next);
      if (!more) [walk.next, walk.page] = [Math.max(walk.from, walk.newest - OVERLAP), 1];
      else if (at > walk.next || page > walk.page) [walk.next, walk.page] = [at, page];
    }
    return new Map(
      marks.flatMap((mark): [string, string][] => {
        const id = walk.cards.get(mark);
        return id === undefined ? [] : [[mark, id]];
      }),
    );
  }

  /** The card with this mark was not given: all is read anew. Gives the failure to reject with until then. */
  forget(mark: string): RemoteFailure {
    if (this.walk?.cards.has(mark) === true) this.walk = null;
    return stillRead();
  }

  /** Another one when it has to begin earlier: whoever still goes on with the old one does not disturb it. */
  private walkFrom(since: number): Walk {
    if (this.walk === null || since < this.walk.from)
      this.walk = { from: since, next: since, page: 1, newest: since, cards: new Map() };
    return this.walk;
  }
}

function stillRead(): RemoteFailure {
  return new RemoteFailure(
    'rate_limited',
    'It is still read which cards of KeyCRM are from MaK.',
    SOON,
  );
}
