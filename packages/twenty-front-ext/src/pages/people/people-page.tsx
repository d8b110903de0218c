import { useLingui } from '@lingui/react/macro';
import { IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { Permitted } from '../../app/shell/permitted.tsx';
import { useMay } from '../../app/shell/tenant.tsx';
import type { AccountStatus, Role } from '../../generated/graphql.ts';
import { ROLES, useRoleNames } from '../../parts/access/access-texts.ts';
import { ToolbarField } from '../../ui/page/toolbar-field.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { Page } from '../../ui/page/page.tsx';
import { SearchField } from '../../ui/search/search-field.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { PeopleList } from './people-list.tsx';
import { useStatusNames } from '../../parts/people/status-names.ts';

const STATUSES = ['active', 'invited', 'deactivated'] as const satisfies readonly AccountStatus[];

/** Everybody who has an account in the tenant. */
export function Component() {
  const { t } = useLingui();
  return (
    <Permitted permission="deals:read" otherwise={{ title: t`People`, Icon: IconUsers }}>
      <PeoplePage />
    </Permitted>
  );
}

function PeoplePage() {
  const { t } = useLingui();
  const mayManage = useMay('accounts:manage');
  const roleNames = useRoleNames();
  const statusNames = useStatusNames();
  const [text, setText] = useState('');
  const [role, setRole] = useState<Role | ''>('');
  const [status, setStatus] = useState<AccountStatus | ''>('');
  const [inviting, setInviting] = useState(false);
  const invite = (
    <Button
      Icon={IconUserPlus}
      title={t`Invite`}
      variant="secondary"
      size="small"
      onClick={() => setInviting(true)}
    />
  );
  return (
    <Page
      title={t`People`}
      Icon={IconUsers}
      {...(mayManage ? { actions: invite } : {})}
      toolbar={
        <>
          <SearchField label={t`Find people`} value={text} onChange={setText} />
          <ToolbarField>
            <SelectField<Role | ''>
              label={t`Role`}
              labelHidden
              value={role}
              options={[
                { value: '', label: t`All roles` },
                ...ROLES.map((value) => ({ value, label: roleNames[value] })),
              ]}
              onChange={setRole}
            />
          </ToolbarField>
          <ToolbarField>
            <SelectField<AccountStatus | ''>
              label={t`Status`}
              labelHidden
              value={status}
              options={[
                { value: '', label: t`Every status` },
                ...STATUSES.map((value) => ({ value, label: statusNames[value] })),
              ]}
              onChange={setStatus}
            />
          </ToolbarField>
        </>
      }
    >
      <PeopleList
        filter={{
          ...(text.trim() === '' ? {} : { text: text.trim() }),
          ...(role === '' ? {} : { role }),
          ...(status === '' ? {} : { status }),
        }}
        mayManage={mayManage}
      />
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Page>
  );
}
