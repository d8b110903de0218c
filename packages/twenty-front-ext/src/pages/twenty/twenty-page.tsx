import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconPlugConnected } from '@tabler/icons-react';
import { problemOf } from '../../app/data/problem.ts';
import { Permitted } from '../../app/shell/permitted.tsx';
import { useMay } from '../../app/shell/tenant.tsx';
import { TwentySettingsDocument } from '../../generated/graphql.ts';
import { Page } from '../../ui/page/page.tsx';
import { Sections } from '../../ui/section/section.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { ApplicationVariables } from './application-variables.tsx';
import { TwentyUsers } from './twenty-users.tsx';
import { WorkspaceForm } from './workspace-form.tsx';
import { valuesOf } from './workspace-values.ts';

/** From which twenty people come in, and who has. */
export function Component() {
  const { t } = useLingui();
  return (
    <Permitted permission="tenant:manage" otherwise={{ title: t`twenty`, Icon: IconPlugConnected }}>
      <TwentyPage />
    </Permitted>
  );
}

function TwentyPage() {
  const { t } = useLingui();
  const mayManagePeople = useMay('accounts:manage');
  const { data, error, refetch } = useQuery(TwentySettingsDocument);
  return (
    <Page title={t`twenty`} Icon={IconPlugConnected}>
      {data === undefined && error === undefined && <PageSkeleton />}
      {data === undefined && error !== undefined && (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      )}
      {data !== undefined && (
        <Sections>
          <WorkspaceForm seen={valuesOf(data.twentyWorkspace)} />
          <ApplicationVariables />
          {mayManagePeople && data.twentyWorkspace !== null && <TwentyUsers />}
        </Sections>
      )}
    </Page>
  );
}
