/** What is the same of a record of the trade in leads in MaK and in twenty, by the names that people read. */
export type RecordFacts = Readonly<Record<string, string | number | null>>;

/** Records by kind and id in MaK. Written down anew here: what checks the sync uses nothing of it. */
export type MarketFacts = ReadonlyMap<string, RecordFacts>;

/** In hundredths, with the currency. */
export function moneyOf(amount: number | null, currency: string | null): string | null {
  return amount === null || currency === null ? null : `${amount} ${currency}`;
}

/** What differs between both sides, in words. */
export function marketDifferences(mak: MarketFacts, twenty: MarketFacts): readonly string[] {
  const found: string[] = [];
  for (const [key, here] of mak) {
    const there = twenty.get(key);
    if (there === undefined) found.push(`${key} is not in twenty`);
    else
      for (const [field, value] of Object.entries(here))
        if (there[field] !== value)
          found.push(`${field} of ${key}: ${value} in MaK, ${there[field]} in twenty`);
  }
  for (const key of twenty.keys()) if (!mak.has(key)) found.push(`${key} is not in MaK`);
  return found;
}

/** How many values were compared. */
export function countMarketValues(facts: MarketFacts): number {
  return [...facts.values()].reduce((sum, record) => sum + Object.keys(record).length, 0);
}
