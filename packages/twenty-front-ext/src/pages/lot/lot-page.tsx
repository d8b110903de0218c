import { useApolloClient, useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconGavel } from '@tabler/icons-react';
import { useParams } from 'react-router-dom';
import { problemOf } from '../../app/data/problem.ts';
import { Permitted } from '../../app/shell/permitted.tsx';
import { BidderWalletDocument, LotPageDocument } from '../../generated/graphql.ts';
import type { LotLineFragment } from '../../generated/graphql.ts';
import { FollowButton } from '../../parts/auction/follow-button.tsx';
import { useAuctionWords } from '../../parts/auction/use-auction-words.ts';
import { useLotChanges } from '../../parts/auction/use-lot-changes.ts';
import { Page } from '../../ui/page/page.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { BidHistory } from './bid-history.tsx';
import { LotLeads } from './lot-leads.tsx';
import styles from './lot.module.css';
import { LotTerms } from './lot-terms.tsx';
import { PriceAnnouncer } from './price-announcer.tsx';
import { PricePanel } from './price-panel.tsx';
import { WithdrawButton } from './withdraw-button.tsx';
import { WonContacts } from './won-contacts.tsx';

/** One lot, live: its price, the bids, and what can be done. */
export function Component() {
  const { t } = useLingui();
  const { id = '' } = useParams();
  return (
    <Permitted permission="auction:read" otherwise={{ title: t`Lot`, Icon: IconGavel }}>
      <LotPage key={id} id={id} />
    </Permitted>
  );
}

function LotPage({ id }: { readonly id: string }) {
  const { t } = useLingui();
  const client = useApolloClient();
  const { data, error, refetch } = useQuery(LotPageDocument, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
  });
  const lot = data?.lot;
  const again = (): void => void refetch().catch(() => undefined);
  useLotChanges(lot === undefined || lot.outcome !== null ? [] : [id], {
    onChange: ({ isLeading, outcome, phase }) => {
      const led = lot?.ownAmount !== null;
      // What moves money, or shows more than the change tells.
      if (isLeading !== null && isLeading !== led)
        void client.refetchQueries({ include: [BidderWalletDocument] });
      if (outcome !== null || phase !== lot?.phase) {
        again();
        void client.refetchQueries({ include: [BidderWalletDocument] });
      }
    },
    onGone: again,
  });
  if (lot !== undefined) return <LotView lot={lot} />;
  return (
    <Page title={t`Lot`} Icon={IconGavel}>
      {error === undefined ? (
        <PageSkeleton />
      ) : (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      )}
    </Page>
  );
}

function LotView({ lot }: { readonly lot: LotLineFragment }) {
  const title = useAuctionWords().title(lot);
  return (
    <Page
      title={title}
      Icon={IconGavel}
      actions={
        <>
          <WithdrawButton lot={lot} />
          <FollowButton lot={lot} title={title} />
        </>
      }
    >
      <PriceAnnouncer lot={lot} />
      <div className={styles.columns}>
        <div className={styles.column}>
          <PricePanel lot={lot} />
          {lot.outcome?.isOwn === true && <WonContacts lot={lot} />}
          <BidHistory lot={lot} />
        </div>
        <div className={styles.column}>
          <LotLeads lot={lot} />
          <LotTerms lot={lot} />
        </div>
      </div>
    </Page>
  );
}
