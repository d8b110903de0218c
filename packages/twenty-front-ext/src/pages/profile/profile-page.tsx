import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconUserCircle } from '@tabler/icons-react';
import { problemOf } from '../../app/data/problem.ts';
import { embedded } from '../../app/embed/embedded.ts';
import { OwnProfileDocument } from '../../generated/graphql.ts';
import { Page } from '../../ui/page/page.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { Loading } from '../../ui/states/loading.tsx';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import { Sections } from '../../ui/section/section.tsx';
import { Appearance } from './appearance.tsx';
import { OwnName } from './own-name.tsx';
import { SigningIn } from './signing-in.tsx';
import styles from './profile.module.css';

/** What a person may change about themselves: name, language, theme, and how they sign in. */
export function Component() {
  const { t } = useLingui();
  const { data, error, refetch } = useQuery(OwnProfileDocument);
  const account = data?.me.account ?? null;
  return (
    <Page title={t`Profile`} Icon={IconUserCircle}>
      <Sections>
        {data === undefined && error !== undefined && (
          <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
        )}
        {data === undefined && error === undefined && (
          <Loading className={styles.loading}>
            <Skeleton width={120} height={20} />
            <Skeleton height={32} />
            <Skeleton height={32} />
          </Loading>
        )}
        {account !== null && <OwnName account={account} />}
        <Appearance />
        {!embedded && <SigningIn />}
      </Sections>
    </Page>
  );
}
