import type { ArticleDetailFragment } from '../../generated/graphql.ts';

type Stock = ArticleDetailFragment['stocks'][number];

/** What somebody types of a count. */
export interface CountDraft {
  readonly quantity: string;
  readonly reserved: string;
}

/** The count of a warehouse as it is known; of one that nobody has counted there is nothing to keep. */
export function draftOf(stock: Stock | null): CountDraft {
  return stock === null
    ? { quantity: '', reserved: '0' }
    : { quantity: String(stock.quantity), reserved: String(stock.reserved) };
}

export function stockOf(stocks: readonly Stock[], warehouse: string): Stock | null {
  return stocks.find((stock) => stock.warehouse === warehouse) ?? null;
}

/** Whether it is another count than the person knew of. */
export function isCounted(seen: Stock | null, now: Stock | null): boolean {
  return seen?.quantity !== now?.quantity || seen?.reserved !== now?.reserved;
}

/** What was typed stays; what was only read before is as it is now. */
export function onNow(typed: CountDraft, seen: Stock | null, now: Stock | null): CountDraft {
  const [before, after] = [draftOf(seen), draftOf(now)];
  return {
    quantity: typed.quantity === before.quantity ? after.quantity : typed.quantity,
    reserved: typed.reserved === before.reserved ? after.reserved : typed.reserved,
  };
}
