import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconGavel } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { Tag } from 'twenty-ui/data-display';
import { Button } from 'twenty-ui/input';
import { useIsCompany } from '../../app/shell/is-company.ts';
import { useMay, useTenant } from '../../app/shell/tenant.tsx';
import { AuctionRulesDocument } from '../../generated/graphql.ts';
import type { ReturnLineFragment } from '../../generated/graphql.ts';
import { PersonName } from '../../parts/people/person-name.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import styles from './returns.module.css';

interface ReturnCardProps {
  readonly line: ReturnLineFragment;
  readonly onDecide: () => void;
}

/** One return: who, why, for how much, and what was decided. */
export function ReturnCard({ line, onDecide }: ReturnCardProps) {
  const { t } = useLingui();
  const { money, dateTime } = useFormat();
  const { data } = useQuery(AuctionRulesDocument, { fetchPolicy: 'cache-first' });
  const company = useIsCompany();
  const decides = useMay('returns:decide') && !company;
  const { lotId, price, currency, reason, comment, requestedAt, verdict, note, decidedAt } = line;
  const title = data?.auctionRules.returnReasons.find(({ key }) => key === reason)?.title ?? reason;
  const facts: readonly (readonly [string, ReactNode] | null)[] = [
    [t`Asked`, dateTime(requestedAt)],
    [t`Bought`, dateTime(line.boughtAt)],
    line.buyerId === null ? null : [t`Buyer`, <Party key="buyer" id={line.buyerId} />],
    line.sellerId === null ? null : [t`Seller`, <Party key="seller" id={line.sellerId} />],
    decidedAt === null ? null : [t`Decided`, dateTime(decidedAt)],
    note === null ? null : [t`Why`, note],
  ];
  return (
    <li className={styles.card}>
      <header className={styles.head}>
        <h2 className={styles.title}>
          <Link to={`/auction/${lotId}`}>{title}</Link>
        </h2>
        <strong className={styles.amount}>{money(price, currency)}</strong>
      </header>
      <p className={styles.comment}>{comment}</p>
      <dl className={styles.facts}>
        {facts.map((fact) =>
          fact === null ? null : (
            <div key={fact[0]}>
              <dt>{fact[0]}</dt>
              <dd>{fact[1]}</dd>
            </div>
          ),
        )}
      </dl>
      <footer className={styles.foot}>
        {verdict === null && <Tag color="orange" text={t`To decide`} />}
        {verdict === 'accepted' && <Tag color="green" text={t`Accepted`} />}
        {verdict === 'rejected' && <Tag color="red" text={t`Refused`} />}
        {verdict === null && decides && (
          <Button
            Icon={IconGavel}
            title={t`Decide`}
            ariaLabel={t`Decide: ${title}`}
            variant="secondary"
            size="small"
            onClick={onDecide}
          />
        )}
      </footer>
    </li>
  );
}

function Party({ id }: { readonly id: string }) {
  const { t } = useLingui();
  const tenant = useTenant();
  const maySeeNames = useMay('deals:read');
  if (id === tenant.id) return t`Head office`;
  return maySeeNames ? <PersonName id={id} /> : id;
}
