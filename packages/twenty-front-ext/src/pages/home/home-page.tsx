import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconHome } from '@tabler/icons-react';
import { problemOf } from '../../app/data/problem.ts';
import { Permitted } from '../../app/shell/permitted.tsx';
import { CabinetHomeDocument } from '../../generated/graphql.ts';
import { Page } from '../../ui/page/page.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { DealsCard } from './deals-card.tsx';
import { LeadsCard } from './leads-card.tsx';
import { Tiles } from './tiles.tsx';
import styles from './home.module.css';

/** The first page of a cabinet: what the company has, in figures. */
export function Component() {
  const { t } = useLingui();
  return (
    <Permitted permission="company:manage" otherwise={{ title: t`Home`, Icon: IconHome }}>
      <Page title={t`Home`} Icon={IconHome}>
        <Overview />
      </Page>
    </Permitted>
  );
}

function Overview() {
  const { data, error, refetch } = useQuery(CabinetHomeDocument, {
    fetchPolicy: 'cache-and-network',
  });
  if (data === undefined) {
    if (error === undefined) return <PageSkeleton />;
    return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  }
  const { leads, deals } = data.cabinetOverview;
  return (
    <div className={styles.body}>
      <Tiles overview={data.cabinetOverview} />
      <div className={styles.cards}>
        {leads !== null && <LeadsCard leads={leads} />}
        {deals !== null && <DealsCard deals={deals} />}
      </div>
    </div>
  );
}
