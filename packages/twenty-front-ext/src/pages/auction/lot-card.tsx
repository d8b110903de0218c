import { Link } from 'react-router-dom';
import type { LotLineFragment } from '../../generated/graphql.ts';
import { Countdown } from '../../parts/auction/countdown.tsx';
import { FollowButton } from '../../parts/auction/follow-button.tsx';
import { LeadFacts } from '../../parts/auction/lead-facts.tsx';
import { usePriceText } from '../../parts/auction/lot-price.ts';
import { LotState, useLotKinds } from '../../parts/auction/lot-state.tsx';
import { useAuctionWords } from '../../parts/auction/use-auction-words.ts';
import styles from './auction.module.css';

/** One lot: what it is, what it costs now, how long it lasts. */
export function LotCard({ lot }: { readonly lot: LotLineFragment }) {
  const words = useAuctionWords();
  const kinds = useLotKinds();
  const { label, text } = usePriceText(lot);
  const title = words.title(lot);
  const [first] = lot.leads;
  return (
    <li className={styles.card}>
      <header className={styles.head}>
        <h2 className={styles.title}>
          <Link to={`/auction/${lot.id}`} className={styles.link}>
            {title}
          </Link>
        </h2>
        <FollowButton lot={lot} title={title} />
      </header>
      <p className={styles.marks}>
        <LotState lot={lot} />
        <span>{kinds[lot.kind]}</span>
      </p>
      <p className={styles.price}>
        <span className={styles.label}>{label}</span>
        <strong>{text}</strong>
      </p>
      {first !== undefined && lot.leadCount === 1 && (
        <LeadFacts lead={first} currency={lot.currency} short />
      )}
      <footer className={styles.foot}>
        <Countdown lot={lot} />
      </footer>
    </li>
  );
}
