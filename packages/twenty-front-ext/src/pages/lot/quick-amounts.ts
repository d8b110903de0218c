/** The least that can be bid now, one step and four steps above it; none of them above the price to buy now. */
export function quickAmounts(least: number, step: number, buyNow: number | null): number[] {
  const amounts = [least, least + step, least + 4 * step];
  return [...new Set(amounts)].filter((amount) => buyNow === null || amount < buyNow);
}
