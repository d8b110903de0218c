import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useParams } from 'react-router-dom';
import { Button } from 'twenty-ui/input';
import { problemOf } from '../../app/data/problem.ts';
import { useIsCompany } from '../../app/shell/is-company.ts';
import { Permitted } from '../../app/shell/permitted.tsx';
import { StaffListDocument } from '../../generated/graphql.ts';
import { Page } from '../../ui/page/page.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { StaffTable } from './staff-table.tsx';
import styles from './staff.module.css';

/** People of a company: of the own one, or for the office of the one in the address. */
export function Component() {
  const { t } = useLingui();
  const { id } = useParams();
  const own = useIsCompany();
  return (
    <Permitted permission="company:manage" otherwise={{ title: t`Staff`, Icon: IconUsers }}>
      {own || id !== undefined ? (
        <StaffPage key={id ?? ''} companyId={id ?? null} />
      ) : (
        <Page title={t`Staff`} Icon={IconUsers}>
          <EmptyState
            Icon={IconUsers}
            title={t`Which company?`}
            text={t`Choose a partner or a franchisee under Settings, People.`}
          />
        </Page>
      )}
    </Permitted>
  );
}

function StaffPage({ companyId }: { readonly companyId: string | null }) {
  const { t } = useLingui();
  const { data, error, refetch } = useQuery(StaffListDocument, {
    variables: { companyId },
    fetchPolicy: 'cache-and-network',
  });
  const [inviting, setInviting] = useState(false);
  return (
    <Page
      title={t`Staff`}
      Icon={IconUsers}
      actions={
        <Button
          Icon={IconUserPlus}
          title={t`Invite`}
          variant="secondary"
          size="small"
          onClick={() => setInviting(true)}
        />
      }
    >
      {data === undefined && error === undefined && <PageSkeleton />}
      {data === undefined && error !== undefined && (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      )}
      {data !== undefined && (
        <>
          <p
            className={styles.lead}
          >{t`They see the deals and leads of the company, as you do. Tasks and notifications are everybody's own.`}</p>
          <StaffTable staff={data.staff} companyId={companyId} />
        </>
      )}
      {inviting && <InviteDialog companyId={companyId} onClose={() => setInviting(false)} />}
    </Page>
  );
}
