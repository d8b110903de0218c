import { useLingui } from '@lingui/react/macro';
import { IconUserCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { Permitted } from '../../app/shell/permitted.tsx';
import { useTenant } from '../../app/shell/tenant.tsx';
import type { RegistrationStatus } from '../../generated/graphql.ts';
import { CopyButton } from '../../ui/copy-button/copy-button.tsx';
import { Page } from '../../ui/page/page.tsx';
import { TabList, TabPanel, Tabs } from '../../ui/tabs/tabs.tsx';
import { RegistrationList } from './registration-list.tsx';
import styles from './registrations.module.css';

const STATUSES = [
  'applied',
  'approved',
  'rejected',
] as const satisfies readonly RegistrationStatus[];

/** Who would like to be a partner or a franchisee, and the decisions about them. */
export function Component() {
  const { t } = useLingui();
  return (
    <Permitted
      permission="accounts:manage"
      otherwise={{ title: t`Registrations`, Icon: IconUserCheck }}
    >
      <RegistrationsPage />
    </Permitted>
  );
}

function RegistrationsPage() {
  const { t } = useLingui();
  const [status, setStatus] = useState<RegistrationStatus>('applied');
  const labels = { applied: t`Waiting`, approved: t`Approved`, rejected: t`Rejected` };
  return (
    <Page title={t`Registrations`} Icon={IconUserCheck}>
      <OwnAddress />
      <Tabs value={status} onChange={setStatus}>
        <TabList
          label={t`Status`}
          tabs={STATUSES.map((value) => ({ value, label: labels[value] }))}
        />
        {STATUSES.map((value) => (
          <TabPanel key={value} value={value}>
            <RegistrationList status={value} />
          </TabPanel>
        ))}
      </Tabs>
    </Page>
  );
}

/** Where people register; somebody has to tell them. */
function OwnAddress() {
  const { t } = useLingui();
  const { key, registrationOpen } = useTenant();
  const address = `${location.origin}/register/${key}`;
  if (!registrationOpen) {
    return (
      <p className={styles.lead}>
        {t`Registration is switched off. It is switched on under Settings, Company.`}
      </p>
    );
  }
  return (
    <div className={styles.lead}>
      <span>{t`People register at`}</span> <a href={address}>{address}</a>{' '}
      <CopyButton text={address} title={t`Copy the address`} />
    </div>
  );
}
