import { useLingui } from '@lingui/react/macro';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { Permitted } from '../../app/shell/permitted.tsx';
import { Page } from '../../ui/page/page.tsx';
import { ApiKeyList } from './api-key-list.tsx';
import { CreateDialog } from './create-dialog.tsx';

/** Machines that may call us: API keys and OAuth clients. */
export function Component() {
  const { t } = useLingui();
  const [creating, setCreating] = useState(false);
  const create = (
    <Button
      Icon={IconPlus}
      title={t`New key`}
      variant="secondary"
      size="small"
      onClick={() => setCreating(true)}
    />
  );
  return (
    <Permitted permission="api-clients:manage" otherwise={{ title: t`API keys`, Icon: IconKey }}>
      <Page title={t`API keys`} Icon={IconKey} actions={create}>
        <ApiKeyList />
        {creating && <CreateDialog onClose={() => setCreating(false)} />}
      </Page>
    </Permitted>
  );
}
