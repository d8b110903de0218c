import { useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'react-router-dom';
import { useMay } from '../../app/shell/tenant.tsx';
import { BidderWalletDocument } from '../../generated/graphql.ts';
import type { LotLineFragment } from '../../generated/graphql.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import styles from './lot.module.css';

/** What of the own money is held for the lot, and what is left for bids. */
export function HeldMoney({ lot: { currency, ownAmount } }: { readonly lot: LotLineFragment }) {
  const { t } = useLingui();
  const { money } = useFormat();
  const may = useMay('wallet:read');
  const { data } = useQuery(BidderWalletDocument, {
    variables: { currency },
    skip: !may,
    fetchPolicy: 'cache-and-network',
  });
  const left = data === undefined ? null : money(data.wallet.available, currency);
  return (
    <dl className={styles.money}>
      <div>
        <dt>{t`Held for this lot`}</dt>
        <dd>{money(ownAmount ?? 0, currency)}</dd>
      </div>
      {left !== null && (
        <div>
          <dt>
            <Trans>
              Left in your <Link to="/wallet">wallet</Link>
            </Trans>
          </dt>
          <dd>{left}</dd>
        </div>
      )}
    </dl>
  );
}
