import { useLingui } from '@lingui/react/macro';
import { IconGavel, IconPlus } from '@tabler/icons-react';
import { useNavigate } from 'react-router-dom';
import { Button } from 'twenty-ui/input';
import { Permitted } from '../../app/shell/permitted.tsx';
import { useMay } from '../../app/shell/tenant.tsx';
import type { LotScope } from '../../generated/graphql.ts';
import { Page } from '../../ui/page/page.tsx';
import { TabList, TabPanel, Tabs } from '../../ui/tabs/tabs.tsx';
import { LotFigures } from './lot-figures.tsx';
import { LotFilters } from './lot-filters.tsx';
import { LotList } from './lot-list.tsx';
import { useLotView, useScopes } from './lot-view.ts';

/** Lots that one may bid on, has bid on, sells or follows. */
export function Component() {
  const { t } = useLingui();
  return (
    <Permitted permission="auction:read" otherwise={{ title: t`Auction`, Icon: IconGavel }}>
      <AuctionPage />
    </Permitted>
  );
}

function AuctionPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const sells = useMay('auction:sell');
  const scopes = useScopes();
  const [view, change] = useLotView();
  const names: Readonly<Record<LotScope, string>> = {
    market: t`All lots`,
    bidding: t`My bids`,
    selling: t`Own lots`,
    followed: t`Followed`,
  };
  return (
    <Page
      title={t`Auction`}
      Icon={IconGavel}
      actions={
        sells && (
          <Button
            Icon={IconPlus}
            title={t`New lot`}
            variant="secondary"
            size="small"
            onClick={() => navigate('/auction/new')}
          />
        )
      }
    >
      <Tabs value={view.scope} onChange={(scope) => change({ scope })}>
        <TabList label={t`Lots`} tabs={scopes.map((value) => ({ value, label: names[value] }))} />
        {scopes.map((scope) => (
          <TabPanel key={scope} value={scope}>
            {scope === 'selling' && <LotFigures />}
            <LotFilters view={view} onChange={change} />
            <LotList view={view} />
          </TabPanel>
        ))}
      </Tabs>
    </Page>
  );
}
