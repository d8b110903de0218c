import { useFormat } from '../../ui/format/use-format.tsx';

interface Sum {
  readonly currency: string;
  readonly amount: number;
}

/** Sums by currency in one short text; those of one currency are added up. */
export function useSumText(): (sums: readonly Sum[]) => string {
  const format = useFormat();
  return (sums) => {
    const byCurrency = new Map<string, number>();
    for (const { currency, amount } of sums)
      byCurrency.set(currency, (byCurrency.get(currency) ?? 0) + amount);
    return [...byCurrency]
      .toSorted(([, one], [, other]) => other - one)
      .map(([currency, amount]) => format.shortMoney(amount, currency))
      .join(' + ');
  };
}
