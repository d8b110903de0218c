import { useLingui } from '@lingui/react/macro';
import { Page } from '../../ui/page/page.tsx';
import { EmptyState } from '../../ui/states/empty-state.tsx';

export function Component() {
  const { t } = useLingui();
  return (
    <Page title={t`Pipeline board`} layout="fill">
      <EmptyState title={t`No deals yet`} />
    </Page>
  );
}
