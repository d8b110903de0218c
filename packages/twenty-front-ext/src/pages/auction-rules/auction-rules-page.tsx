import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconGavel } from '@tabler/icons-react';
import { problemOf } from '../../app/data/problem.ts';
import { Permitted } from '../../app/shell/permitted.tsx';
import { useMay, useTenant } from '../../app/shell/tenant.tsx';
import { AuctionRulesDocument } from '../../generated/graphql.ts';
import { Page } from '../../ui/page/page.tsx';
import { Sections } from '../../ui/section/section.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { PaymentProviders } from './payment-providers.tsx';
import { RulesForm } from './rules-form.tsx';
import { draftOf } from './rules-draft.ts';

/** How the auction works, for all lots. */
export function Component() {
  const { t } = useLingui();
  return (
    <Permitted permission="auction:manage" otherwise={{ title: t`Auction`, Icon: IconGavel }}>
      <Page title={t`Auction`} Icon={IconGavel}>
        <Rules />
        <Payments />
      </Page>
    </Permitted>
  );
}

/** For those who answer for money. */
function Payments() {
  return useMay('wallet:manage') ? (
    <Sections>
      <PaymentProviders />
    </Sections>
  ) : null;
}

function Rules() {
  const { currency } = useTenant();
  const { data, error, refetch } = useQuery(AuctionRulesDocument, {
    fetchPolicy: 'cache-and-network',
  });
  if (data === undefined) {
    if (error === undefined) return <PageSkeleton />;
    return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  }
  return <RulesForm seen={draftOf(data.auctionRules, currency)} currency={currency} />;
}
