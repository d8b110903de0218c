import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconBuilding } from '@tabler/icons-react';
import { problemOf } from '../../app/data/problem.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import { CompanySettingsDocument } from '../../generated/graphql.ts';
import { Page } from '../../ui/page/page.tsx';
import { Sections } from '../../ui/section/section.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { CompanyForm } from './company-form.tsx';
import { ExchangeRates } from './exchange-rates.tsx';
import { valuesOf } from './company-values.ts';

/** What holds for the whole tenant. */
export function Component() {
  const { t } = useLingui();
  const mayEdit = useMay('tenant:manage');
  const maySeeRates = useMay('deals:read');
  const { data, error, refetch } = useQuery(CompanySettingsDocument);
  return (
    <Page title={t`Company`} Icon={IconBuilding}>
      {data === undefined && error === undefined && <PageSkeleton />}
      {data === undefined && error !== undefined && (
        <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />
      )}
      {data !== undefined && (
        <Sections>
          {!mayEdit && <p>{t`Only people who may change the settings can edit this.`}</p>}
          <CompanyForm key={data.tenant.id} seen={valuesOf(data.tenant)} readOnly={!mayEdit} />
          {maySeeRates && <ExchangeRates mayEdit={mayEdit} />}
        </Sections>
      )}
    </Page>
  );
}
