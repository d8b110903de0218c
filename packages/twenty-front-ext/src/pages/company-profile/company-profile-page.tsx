import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconBuildingStore } from '@tabler/icons-react';
import { useParams } from 'react-router-dom';
import { problemOf } from '../../app/data/problem.ts';
import { useIsCompany } from '../../app/shell/is-company.ts';
import { Permitted } from '../../app/shell/permitted.tsx';
import { CompanyProfileDocument } from '../../generated/graphql.ts';
import { usePlaces } from '../../parts/companies/use-places.ts';
import { Page } from '../../ui/page/page.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { ProfileForm } from './profile-form.tsx';
import { valuesOf } from './profile-values.ts';

/** What is known of a company: of the own one, or for the office of the one in the address. */
export function Component() {
  const { t } = useLingui();
  const { id } = useParams();
  const own = useIsCompany();
  return (
    <Permitted
      permission="company:manage"
      otherwise={{ title: t`Company`, Icon: IconBuildingStore }}
    >
      <Page title={t`Company`} Icon={IconBuildingStore}>
        {own || id !== undefined ? (
          <Profile key={id ?? ''} companyId={id ?? null} office={!own} />
        ) : (
          <EmptyState
            Icon={IconBuildingStore}
            title={t`Which company?`}
            text={t`Choose a partner or a franchisee under Settings, People.`}
          />
        )}
      </Page>
    </Permitted>
  );
}

function Profile({
  companyId,
  office,
}: {
  readonly companyId: string | null;
  readonly office: boolean;
}) {
  const { data, error, refetch } = useQuery(CompanyProfileDocument, { variables: { companyId } });
  const places = usePlaces();
  if (data === undefined || places === null) {
    if (error === undefined) return <PageSkeleton />;
    return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  }
  const { companyProfile: profile } = data;
  return (
    <ProfileForm
      seen={valuesOf(profile, places.titleOf)}
      places={places}
      companyId={companyId}
      office={office}
      contactState={profile.contactState}
    />
  );
}
