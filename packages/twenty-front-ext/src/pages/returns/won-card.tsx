import { useLingui } from '@lingui/react/macro';
import { IconArrowBackUp } from '@tabler/icons-react';
import { Link } from 'react-router-dom';
import { Tag } from 'twenty-ui/data-display';
import { Button } from 'twenty-ui/input';
import { useMay } from '../../app/shell/tenant.tsx';
import { LeadFacts } from '../../parts/auction/lead-facts.tsx';
import { useAuctionWords } from '../../parts/auction/use-auction-words.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import styles from './returns.module.css';
import { useWindow } from './use-window.ts';
import type { WonLead } from './won-list.tsx';

interface WonCardProps {
  readonly won: WonLead;
  readonly onReturn: () => void;
}

/** A bought lead: what was paid, and until when it can be given back. */
export function WonCard({ won, onReturn }: WonCardProps) {
  const { t } = useLingui();
  const { money, dateTime } = useFormat();
  const words = useAuctionWords();
  const [mayBid, mayRead] = [useMay('auction:bid'), useMay('leads:read')];
  const { lead, price, currency, boughtAt, returnUntil, returnId, verdict, lotId } = won;
  const { isOpen, text } = useWindow(returnUntil);
  const isOwn = mayRead && lead.leadId !== null && verdict !== 'accepted';
  const title = words.title({ leads: [lead], leadCount: 1 });
  return (
    <li className={styles.card}>
      <header className={styles.head}>
        <h2 className={styles.title}>
          <Link to={`/auction/${lotId}`}>{title}</Link>
        </h2>
        <strong className={styles.amount}>{money(price, currency)}</strong>
      </header>
      <LeadFacts lead={lead} currency={currency} short />
      <p className={styles.note}>{t`Bought ${dateTime(boughtAt)}`}</p>
      {isOwn && <Link to={`/leads/${lead.leadId}`}>{t`Open the lead`}</Link>}
      <footer className={styles.foot}>
        {returnId === null ? (
          <span className={styles.note}>{text}</span>
        ) : verdict === null ? (
          <Tag color="orange" text={t`Return to decide`} />
        ) : verdict === 'accepted' ? (
          <Tag color="green" text={t`Returned`} />
        ) : (
          <Tag color="red" text={t`Return refused`} />
        )}
        {returnId === null && isOpen && mayBid && lead.leadId !== null && (
          <Button
            Icon={IconArrowBackUp}
            title={t`Return`}
            ariaLabel={t`Return ${title}`}
            variant="secondary"
            size="small"
            onClick={onReturn}
          />
        )}
      </footer>
    </li>
  );
}
