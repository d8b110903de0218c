import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { problemOf } from '../../app/data/problem.ts';
import { useRefetchOn } from '../../app/data/use-refetch-on.ts';
import { useThrottled } from '../../app/data/use-throttled.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import { LotBidsDocument } from '../../generated/graphql.ts';
import type { LotBidsQuery, LotLineFragment } from '../../generated/graphql.ts';
import { PersonName } from '../../parts/people/person-name.tsx';
import { Card } from '../../ui/card/card.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import { More, Table } from '../../ui/table/table.tsx';
import styles from './lot.module.css';

/** Bids may come faster than anybody reads them. */
const PAUSE = 1_500;

/** The bids, the last first. Bidders know each other as numbers only. */
export function BidHistory({ lot }: { readonly lot: LotLineFragment }) {
  const { t } = useLingui();
  const { data, error, loading, refetch, fetchMore } = useQuery(LotBidsDocument, {
    variables: { lotId: lot.id },
    notifyOnNetworkStatusChange: true,
    fetchPolicy: 'cache-and-network',
  });
  // Sealed bids are opened with the end.
  const revision = (lot.bidCount ?? 0) * 2 + (lot.outcome === null ? 0 : 1);
  useRefetchOn(useThrottled(revision, PAUSE), refetch);
  const page = data?.bidHistory;
  return (
    <Card title={t`Bids`}>
      {page === undefined && error === undefined && <Skeleton height={80} />}
      {page === undefined && error !== undefined && (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      )}
      {page?.secret === true && (
        <p className={styles.label}>
          {lot.outcome === null
            ? t`Bids are secret until the lot is closed.`
            : t`The lot ended without a decision. Its bids stay secret.`}
        </p>
      )}
      {page !== undefined && !page.secret && page.items.length === 0 && (
        <p className={styles.label}>{t`Nobody has bid yet.`}</p>
      )}
      {page !== undefined && page.items.length > 0 && (
        <>
          <Table label={t`Bids`} head={[t`Bidder`, { numeric: t`Amount` }, t`Time`]}>
            {page.items.map((bid) => (
              <BidRow key={bid.seq} bid={bid} currency={lot.currency} />
            ))}
          </Table>
          <More
            next={page.next}
            busy={loading}
            onMore={(cursor) => void fetchMore({ variables: { cursor } })}
          />
        </>
      )}
    </Card>
  );
}

interface BidRowProps {
  readonly bid: LotBidsQuery['bidHistory']['items'][number];
  readonly currency: string;
}

function BidRow({ bid: { bidder, isOwn, bidderId, amount, at }, currency }: BidRowProps) {
  const { t } = useLingui();
  const { money, dateTime } = useFormat();
  const maySeeNames = useMay('deals:read');
  const number = t`Bidder ${bidder}`;
  return (
    <tr>
      <td>
        {isOwn ? <strong>{t`You`}</strong> : number}
        {bidderId !== null && maySeeNames && (
          <>
            {' · '}
            <PersonName id={bidderId} />
          </>
        )}
      </td>
      <td data-numeric>{money(amount, currency)}</td>
      <td>{dateTime(at)}</td>
    </tr>
  );
}
