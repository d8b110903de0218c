import { useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconLock } from '@tabler/icons-react';
import { problemOf } from '../../app/data/problem.ts';
import { Permitted } from '../../app/shell/permitted.tsx';
import { RoleMatrixDocument } from '../../generated/graphql.ts';
import { Page } from '../../ui/page/page.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { PermissionMatrix } from './permission-matrix.tsx';
import styles from './roles.module.css';

/** What people of each role may do. */
export function Component() {
  const { t } = useLingui();
  return (
    <Permitted permission="accounts:manage" otherwise={{ title: t`Roles`, Icon: IconLock }}>
      <Page title={t`Roles`} Icon={IconLock}>
        <Roles />
      </Page>
    </Permitted>
  );
}

function Roles() {
  const { data, error, refetch } = useQuery(RoleMatrixDocument);
  if (data === undefined) {
    if (error === undefined) return <PageSkeleton rows={10} />;
    return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  }
  return (
    <>
      <p className={styles.lead}>
        <Trans>
          A change holds at once, also for people who are signed in, and is in the audit log. Cells
          with a lock stay: admins always manage people, and partners, franchisees and guests see
          only what is their own.
        </Trans>
      </p>
      <PermissionMatrix roles={data.roles} />
    </>
  );
}
