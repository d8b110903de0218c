import { describe, expect, it } from 'vitest';
import { CardMarks } from './card-marks.ts';
import type { MarkedCard } from './card-marks.ts';

const SECOND = 1_000;
const PAGE = 50;

/** One card a second, the card `n` with the mark `m<n>`; pages that were read are counted. */
function account(size: number) {
  const cards: MarkedCard[] = Array.from({ length: size }, (_one, n) => ({
    ...{ id: String(n), created_at: n * SECOND, mark: `m${n}` },
  }));
  let pages = 0;
  return {
    cards,
    pages: () => pages,
    read: (since: number, page: number) => {
      pages += 1;
      const found = cards.filter((card) => card.created_at >= since);
      const rows = found.slice((page - 1) * PAGE, page * PAGE);
      return Promise.resolve({ rows, more: found.length > page * PAGE });
    },
  };
}

describe('which cards carry which of our ids', () => {
  it('is read until all that are sought are found, and not twice', async () => {
    const [there, marks] = [account(500), new CardMarks()];
    expect([...(await marks.find(['m3', 'm60'], 0, there.read))]).toEqual([
      ['m3', '3'],
      ['m60', '60'],
    ]);
    expect(there.pages()).toBe(2);
    await marks.find(['m10'], 0, there.read);
    expect(there.pages()).toBe(2);
    expect([...(await marks.find(['none'], 0, there.read))]).toEqual([]);
    expect(there.pages()).toBeLessThan(16);
  });

  it('goes on where there was no more time, and then sees what is new', async () => {
    const [there, marks] = [account(1_000), new CardMarks()];
    const again = () => marks.find(['m999'], 0, there.read);
    await expect(again()).rejects.toThrow(/still read/);
    expect(there.pages()).toBe(15);
    expect([...(await again())]).toEqual([['m999', '999']]);
    expect(there.pages()).toBeLessThan(30);
    await marks.find(['new'], 0, there.read);
    const before = there.pages();
    there.cards.push({ id: '5000', created_at: 995 * SECOND, mark: 'new' });
    expect([...(await marks.find(['new'], 0, there.read))]).toEqual([['new', '5000']]);
    expect(there.pages() - before).toBeLessThan(10);
  });

  it('gets past more cards of one second than there is time for', async () => {
    const [there, marks] = [account(1), new CardMarks()];
    for (let n = 0; n < 800; n += 1)
      there.cards.push({ id: `x${n}`, created_at: 9 * SECOND, mark: n === 799 ? 'late' : null });
    const again = () => marks.find(['late'], 0, there.read);
    await expect(again()).rejects.toThrow(/still read/);
    expect([...(await again())]).toEqual([['late', 'x799']]);
    expect(there.pages()).toBeLessThan(20);
  });

  it('takes the oldest of several, begins anew for an earlier one, and gets past a full second', async () => {
    const [there, marks] = [account(3), new CardMarks()];
    for (let n = 0; n < 120; n += 1)
      there.cards.push({ id: `x${n}`, created_at: 9 * SECOND, mark: n === 119 ? 'm1' : null });
    expect([...(await marks.find(['m1'], 5 * SECOND, there.read))]).toEqual([['m1', 'x119']]);
    expect([...(await marks.find(['m1'], 0, there.read))]).toEqual([['m1', '1']]);
  });
});
