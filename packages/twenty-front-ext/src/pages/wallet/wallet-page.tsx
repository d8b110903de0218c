import { useLingui } from '@lingui/react/macro';
import { IconCashPlus, IconWallet } from '@tabler/icons-react';
import { useState } from 'react';
import { useParams } from 'react-router-dom';
import { Button } from 'twenty-ui/input';
import { Permitted } from '../../app/shell/permitted.tsx';
import { useIsCompany } from '../../app/shell/is-company.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import { Page } from '../../ui/page/page.tsx';
import { TabList, TabPanel, Tabs } from '../../ui/tabs/tabs.tsx';
import { AllWallets } from './all-wallets.tsx';
import { OneWallet } from './one-wallet.tsx';
import { TopUpDialog } from './top-up-dialog.tsx';
import styles from './wallet.module.css';

/** The own wallet; who manages wallets sees all, and the one of the address. */
export function Component() {
  const { t } = useLingui();
  return (
    <Permitted permission="wallet:read" otherwise={{ title: t`Wallet`, Icon: IconWallet }}>
      <WalletPage />
    </Permitted>
  );
}

function WalletPage() {
  const { t } = useLingui();
  const { id } = useParams();
  const company = useIsCompany();
  const manages = useMay('wallet:manage') && !company;
  const [isToppingUp, setToppingUp] = useState(false);
  const [tab, setTab] = useState<'all' | 'own'>('all');
  return (
    <Page
      title={t`Wallet`}
      Icon={IconWallet}
      actions={
        manages && (
          <Button
            Icon={IconCashPlus}
            title={t`Top up`}
            variant="secondary"
            size="small"
            onClick={() => setToppingUp(true)}
          />
        )
      }
    >
      {manages && id === undefined ? (
        <Tabs value={tab} onChange={setTab}>
          <TabList
            label={t`Wallets`}
            tabs={[
              { value: 'all', label: t`All wallets` },
              { value: 'own', label: t`Head office` },
            ]}
          />
          <TabPanel value="all">
            <div className={styles.panel}>
              <AllWallets />
            </div>
          </TabPanel>
          <TabPanel value="own">
            <div className={styles.panel}>
              <OneWallet accountId={null} manages={manages} />
            </div>
          </TabPanel>
        </Tabs>
      ) : (
        <OneWallet key={id ?? ''} accountId={id ?? null} manages={manages} />
      )}
      {isToppingUp && <TopUpDialog accountId={id ?? null} onClose={() => setToppingUp(false)} />}
    </Page>
  );
}
