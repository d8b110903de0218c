import { useLingui } from '@lingui/react/macro';
import { fallenPrice } from 'twenty-mak-domain';
import type { LotLineFragment } from '../../generated/graphql.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import { useServerNow } from './use-server-now.ts';

const SECOND = 1_000;

/** The price of a falling lot at an instant, by its own terms: it falls by the clock, and nobody tells of it. */
export function fallingPrice(
  { start, step, floor, intervalSeconds, opensAt }: LotLineFragment,
  now: number,
): number | null {
  if (start === null || step === null || floor === null || intervalSeconds === null) return null;
  const terms = {
    kind: 'descending',
    start,
    step,
    floor,
    interval: intervalSeconds * SECOND,
  } as const;
  return fallenPrice(terms, Date.parse(opensAt), now);
}

interface Price {
  readonly label: string;
  /** Null where there is none to show. */
  readonly amount: number | null;
}

/** The price that matters now, and what it is. */
export function useLotPrice(lot: LotLineFragment): Price {
  const { t } = useLingui();
  const now = useServerNow(lot.now);
  const { kind, phase, outcome, price, start, reserve } = lot;
  if (outcome !== null && outcome.price !== null)
    return { label: t`Sold for`, amount: outcome.price };
  switch (kind) {
    case 'ascending':
      return price === null
        ? { label: t`Start price`, amount: start }
        : { label: t`Leading bid`, amount: price };
    case 'sealed':
      return { label: t`At least`, amount: reserve };
    case 'descending':
      return phase === 'upcoming' && now < Date.parse(lot.opensAt)
        ? { label: t`Start price`, amount: start }
        : { label: t`Price now`, amount: fallingPrice(lot, now) };
  }
}

/** The same as one text. */
export function usePriceText(lot: LotLineFragment): { label: string; text: string } {
  const { money } = useFormat();
  const { label, amount } = useLotPrice(lot);
  return { label, text: amount === null ? '–' : money(amount, lot.currency) };
}
