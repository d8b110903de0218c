import { useLingui } from '@lingui/react/macro';
import type { LotLineFragment } from '../../generated/graphql.ts';
import { fallingPrice } from '../../parts/auction/lot-price.ts';
import { timeLeft } from '../../parts/auction/time-left.ts';
import { useServerNow } from '../../parts/auction/use-server-now.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import { BuyNow } from './buy-now.tsx';
import { nextFallAt } from './next-fall.ts';
import styles from './lot.module.css';
import { useBid } from './use-bid.ts';

/** Takes a lot with a falling price for the price of the instant. */
export function TakeForm({ lot }: { readonly lot: LotLineFragment }) {
  const { t } = useLingui();
  const { money } = useFormat();
  const now = useServerNow(lot.now);
  const bidding = useBid(lot);
  const price = fallingPrice(lot, now);
  const next = nextFallAt(lot, now);
  if (price === null) return null;
  return (
    <>
      <p className={styles.label}>
        {next === null
          ? t`This is the lowest price.`
          : t`In ${timeLeft(next - now)} the price falls by ${money(lot.step ?? 0, lot.currency)}. Whoever buys first has it.`}
      </p>
      <div className={styles.actions}>
        <BuyNow lot={lot} price={price} bidding={bidding} />
      </div>
    </>
  );
}
