import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconGavel } from '@tabler/icons-react';
import { useState } from 'react';
import { problemOf } from '../../app/data/problem.ts';
import { AuctionLotsDocument } from '../../generated/graphql.ts';
import { useLotChanges } from '../../parts/auction/use-lot-changes.ts';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { More } from '../../ui/table/table.tsx';
import { LotCard } from './lot-card.tsx';
import { LotListSkeleton } from './lot-list-skeleton.tsx';
import type { LotView } from './lot-view.ts';
import styles from './auction.module.css';

/** New lots appear after so many milliseconds at the latest. */
const LOOK_AGAIN = 20_000;

/** Cards of lots, each as it is now. */
export function LotList({ view }: { readonly view: LotView }) {
  const { t } = useLingui();
  const [isLong, setLong] = useState(false);
  const { data, error, loading, refetch, fetchMore } = useQuery(AuctionLotsDocument, {
    variables: view,
    notifyOnNetworkStatusChange: true,
    fetchPolicy: 'cache-and-network',
    // A longer list stays where the person reads.
    pollInterval: isLong ? 0 : LOOK_AGAIN,
  });
  const page = data?.lots;
  const moving = page?.items.filter(({ outcome }) => outcome === null) ?? [];
  useLotChanges(
    moving.map(({ id }) => id),
    { onGone: () => void refetch().catch(() => undefined) },
  );
  if (page === undefined) {
    if (error === undefined) return <LotListSkeleton />;
    return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  }
  if (page.items.length === 0) return <NoLots view={view} />;
  const more = (cursor: string): void => {
    setLong(true);
    void fetchMore({ variables: { cursor } });
  };
  return (
    <>
      <ul className={styles.list} aria-label={t`Lots`}>
        {page.items.map((lot) => (
          <LotCard key={lot.id} lot={lot} />
        ))}
      </ul>
      <More next={page.next} busy={loading} onMore={more} />
    </>
  );
}

function NoLots({ view }: { readonly view: LotView }) {
  const { t } = useLingui();
  const { kind, city, niche, source, amountBand } = view;
  const isFiltered = [kind, city, niche, source, amountBand].some((one) => one !== null);
  const texts = {
    market: t`Lots for you appear here as soon as leads are put on auction.`,
    bidding: t`Lots that you bid on appear here.`,
    selling: t`Put leads on auction with New lot. What you sell appears here.`,
    followed: t`The star of a lot puts it here. You are told before it ends.`,
  };
  return (
    <EmptyState
      Icon={IconGavel}
      title={t`No lots`}
      text={isFiltered ? t`No lot fits these filters.` : texts[view.scope]}
    />
  );
}
