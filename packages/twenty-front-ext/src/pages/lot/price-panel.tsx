import { useLingui } from '@lingui/react/macro';
import { useMay } from '../../app/shell/tenant.tsx';
import { useIsCompany } from '../../app/shell/is-company.ts';
import type { LotLineFragment } from '../../generated/graphql.ts';
import { Countdown } from '../../parts/auction/countdown.tsx';
import { usePriceText } from '../../parts/auction/lot-price.ts';
import { LotState, useLotKinds } from '../../parts/auction/lot-state.tsx';
import { useServerNow } from '../../parts/auction/use-server-now.ts';
import { BidForm } from './bid-form.tsx';
import { Extension } from './extension.tsx';
import { HeldMoney } from './held-money.tsx';
import styles from './lot.module.css';
import { OutcomeNote } from './outcome-note.tsx';
import { TakeForm } from './take-form.tsx';

/** Price, time left, how one stands, and the form to bid. */
export function PricePanel({ lot }: { readonly lot: LotLineFragment }) {
  const { t } = useLingui();
  const kinds = useLotKinds();
  const { label, text } = usePriceText(lot);
  const company = useIsCompany();
  const mayBid = useMay('auction:bid') && company && !lot.isSeller;
  const { bidCount } = lot;
  return (
    <section className={styles.panel} aria-label={t`Price and bids`}>
      <div className={styles.marks}>
        <LotState lot={lot} />
        <span>{kinds[lot.kind]}</span>
        {bidCount !== null && <span>{t`Bids: ${bidCount}`}</span>}
      </div>
      <div className={styles.top}>
        <p className={styles.price}>
          <span className={styles.label}>{label}</span>
          <strong>{text}</strong>
        </p>
        <Countdown lot={lot} large />
      </div>
      <Extension lot={lot} />
      <OutcomeNote lot={lot} />
      {lot.outcome === null && mayBid && <Bidding lot={lot} />}
    </section>
  );
}

/** The form while the lot is open; it goes when the time is over, and comes when it opens. */
function Bidding({ lot }: { readonly lot: LotLineFragment }) {
  const { t } = useLingui();
  const now = useServerNow(lot.now);
  if (now < Date.parse(lot.opensAt))
    return <p className={styles.label}>{t`Bids are taken when the lot opens.`}</p>;
  if (now >= Date.parse(lot.endsAt))
    return <p className={styles.label}>{t`The time for bids is over. The result follows.`}</p>;
  return (
    <>
      {lot.kind === 'descending' ? <TakeForm lot={lot} /> : <BidForm lot={lot} />}
      <HeldMoney lot={lot} />
    </>
  );
}
