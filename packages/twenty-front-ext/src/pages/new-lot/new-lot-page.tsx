import { useLingui } from '@lingui/react/macro';
import { IconGavel } from '@tabler/icons-react';
import { Permitted } from '../../app/shell/permitted.tsx';
import { Page } from '../../ui/page/page.tsx';
import { NewLotForm } from './new-lot-form.tsx';

/** Puts leads on auction; those of the address are chosen already. */
export function Component() {
  const { t } = useLingui();
  return (
    <Permitted permission="auction:sell" otherwise={{ title: t`New lot`, Icon: IconGavel }}>
      <Page title={t`New lot`} Icon={IconGavel}>
        <NewLotForm />
      </Page>
    </Permitted>
  );
}
