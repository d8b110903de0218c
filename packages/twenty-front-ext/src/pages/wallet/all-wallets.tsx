import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconWallet } from '@tabler/icons-react';
import { Link } from 'react-router-dom';
import { problemOf } from '../../app/data/problem.ts';
import { useTenant } from '../../app/shell/tenant.tsx';
import { WalletListDocument } from '../../generated/graphql.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { More, Table } from '../../ui/table/table.tsx';

/** Wallets of all partners and franchisees, and of the head office. */
export function AllWallets() {
  const { t } = useLingui();
  const { money } = useFormat();
  const tenant = useTenant();
  const { data, error, loading, refetch, fetchMore } = useQuery(WalletListDocument, {
    notifyOnNetworkStatusChange: true,
    fetchPolicy: 'cache-and-network',
  });
  const page = data?.wallets;
  if (page === undefined) {
    if (error === undefined) return <PageSkeleton />;
    return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  }
  if (page.items.length === 0)
    return (
      <EmptyState
        Icon={IconWallet}
        title={t`No wallets`}
        text={t`A wallet is opened with its first top-up.`}
      />
    );
  return (
    <>
      <Table
        label={t`Wallets`}
        head={[
          t`Whose`,
          { numeric: t`Available` },
          { numeric: t`Held for bids` },
          { numeric: t`Balance` },
        ]}
      >
        {page.items.map(({ accountId, ownerName, currency, available, held, balance }) => (
          <tr key={`${accountId}/${currency}`}>
            <td>
              <Link to={`/wallet/${accountId}`}>
                {ownerName ?? (accountId === tenant.id ? t`Head office` : accountId)}
              </Link>
            </td>
            <td data-numeric>{money(available, currency)}</td>
            <td data-numeric>{money(held, currency)}</td>
            <td data-numeric>{money(balance, currency)}</td>
          </tr>
        ))}
      </Table>
      <More
        next={page.next}
        busy={loading}
        onMore={(cursor) => void fetchMore({ variables: { cursor } })}
      />
    </>
  );
}
