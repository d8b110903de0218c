import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { problemOf } from '../../app/data/problem.ts';
import { OneWalletDocument } from '../../generated/graphql.ts';
import type { WalletFiguresFragment } from '../../generated/graphql.ts';
import { Card } from '../../ui/card/card.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { LotLink } from './lot-link.tsx';
import { Statement } from './statement.tsx';
import styles from './wallet.module.css';

interface OneWalletProps {
  /** Null: the own one. */
  readonly accountId: string | null;
  readonly manages: boolean;
}

/** Balance, what of it is promised for lots, and the statement. */
export function OneWallet({ accountId, manages }: OneWalletProps) {
  const { t } = useLingui();
  const { data, error, refetch } = useQuery(OneWalletDocument, {
    variables: { accountId },
    fetchPolicy: 'cache-and-network',
  });
  if (data === undefined) {
    if (error === undefined) return <PageSkeleton />;
    return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  }
  const { wallet } = data;
  return (
    <div className={styles.body}>
      {accountId !== null && (
        <h2 className={styles.owner}>
          {wallet.ownerName ?? t`Nothing has been put into this wallet yet`}
        </h2>
      )}
      <Figures wallet={wallet} />
      <Holds wallet={wallet} />
      <Statement
        key={wallet.balance}
        accountId={accountId}
        currency={wallet.currency}
        manages={manages}
      />
    </div>
  );
}

function Figures({ wallet: { balance, held, available, currency } }: WalletProps) {
  const { t } = useLingui();
  const { money } = useFormat();
  const figures = [
    [t`Available`, available],
    [t`Held for bids`, held],
    [t`Balance`, balance],
  ] as const;
  return (
    <dl className={styles.figures}>
      {figures.map(([label, amount]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{money(amount, currency)}</dd>
        </div>
      ))}
    </dl>
  );
}

interface WalletProps {
  readonly wallet: WalletFiguresFragment;
}

function Holds({ wallet: { holds, currency } }: WalletProps) {
  const { t } = useLingui();
  const { money } = useFormat();
  if (holds.length === 0) return null;
  return (
    <Card title={t`Held for bids`}>
      <ul className={styles.holds}>
        {holds.map(({ lotId, lot, amount }) => (
          <li key={lotId}>
            <span>
              <LotLink lotId={lotId} lot={lot} />
            </span>
            <span className={styles.amount}>{money(amount, currency)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
