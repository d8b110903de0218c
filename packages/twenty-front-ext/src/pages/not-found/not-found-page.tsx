import { useLingui } from '@lingui/react/macro';
import { Page } from '../../ui/page/page.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';

export function Component() {
  const { t } = useLingui();
  return (
    <Page title={t`Not found`}>
      <ErrorState
        title={t`There is no such page`}
        text={t`Check the address, or choose a page from the navigation.`}
      />
    </Page>
  );
}
