import { useLingui } from '@lingui/react/macro';
import { IconReceiptRefund } from '@tabler/icons-react';
import { useSearchParams } from 'react-router-dom';
import { useIsCompany } from '../../app/shell/is-company.ts';
import { Permitted } from '../../app/shell/permitted.tsx';
import { useMay } from '../../app/shell/tenant.tsx';
import { Page } from '../../ui/page/page.tsx';
import { TabList, TabPanel, Tabs } from '../../ui/tabs/tabs.tsx';
import { ReturnList } from './return-list.tsx';
import { WonList } from './won-list.tsx';

/** Leads that were bought, and those that somebody wants to give back. */
export function Component() {
  const { t } = useLingui();
  return (
    <Permitted permission="auction:read" otherwise={{ title: t`Returns`, Icon: IconReceiptRefund }}>
      <ReturnsPage />
    </Permitted>
  );
}

function ReturnsPage() {
  const { t } = useLingui();
  const company = useIsCompany();
  const buys = useMay('auction:bid') && company;
  // Who sells meets here only what comes back.
  const title = buys ? t`Bought leads` : t`Returns`;
  const [params, setParams] = useSearchParams();
  const tabs = [
    ...(buys ? [{ value: 'bought', label: t`Bought` } as const] : []),
    { value: 'open', label: t`Returns to decide` } as const,
    { value: 'decided', label: t`Decided returns` } as const,
  ];
  const { value } = tabs.find((one) => one.value === params.get('tab')) ??
    tabs[0] ?? { value: 'open' };
  return (
    <Page title={title} Icon={IconReceiptRefund}>
      <Tabs value={value} onChange={(tab) => setParams({ tab }, { replace: true })}>
        <TabList label={title} tabs={tabs} />
        {buys && (
          <TabPanel value="bought">
            <WonList />
          </TabPanel>
        )}
        <TabPanel value="open">
          <ReturnList status="open" />
        </TabPanel>
        <TabPanel value="decided">
          <ReturnList status="decided" />
        </TabPanel>
      </Tabs>
    </Page>
  );
}
