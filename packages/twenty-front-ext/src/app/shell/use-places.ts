import { useLingui } from '@lingui/react/macro';
import {
  IconBuilding,
  IconBuildingStore,
  IconChartBar,
  IconClockExclamation,
  IconGavel,
  IconHome,
  IconLayoutKanban,
  IconPackage,
  IconReceiptRefund,
  IconSettings,
  IconShoppingCart,
  IconTable,
  IconUserSearch,
  IconUsers,
  IconWallet,
} from '@tabler/icons-react';
import { useIsCompany } from './is-company.ts';
import { useMay } from './tenant.tsx';

/** Pages that the person may see. */
export function usePlaces() {
  const { t } = useLingui();
  const [deals, leads] = [useMay('deals:read'), useMay('leads:read')];
  const [company, catalogue] = [useMay('company:manage'), useMay('catalogue:read')];
  const [auction, wallet] = [useMay('auction:read'), useMay('wallet:read')];
  const [isCompany, bids] = [useIsCompany(), useMay('auction:bid')];
  const cabinet = isCompany && company;
  const returns = isCompany && bids ? t`Bought leads` : t`Returns`;
  const places = [
    { to: '/home', label: t`Home`, Icon: IconHome, may: cabinet },
    { to: '/board', label: t`Pipeline board`, Icon: IconLayoutKanban, may: deals },
    { to: '/deals', label: t`Deals`, Icon: IconTable, may: deals },
    { to: '/dashboard', label: t`Dashboard`, Icon: IconChartBar, may: deals },
    { to: '/clients', label: t`Clients`, Icon: IconBuilding, may: deals },
    { to: '/leads', label: t`Leads`, Icon: IconUserSearch, may: leads },
    { to: '/orders', label: t`Orders`, Icon: IconShoppingCart, may: catalogue },
    { to: '/articles', label: t`Articles`, Icon: IconPackage, may: catalogue },
    { to: '/auction', label: t`Auction`, Icon: IconGavel, may: auction },
    { to: '/returns', label: returns, Icon: IconReceiptRefund, may: auction },
    { to: '/wallet', label: t`Wallet`, Icon: IconWallet, may: wallet },
    { to: '/sla', label: t`SLA desk`, Icon: IconClockExclamation, may: deals },
    { to: '/company', label: t`Company`, Icon: IconBuildingStore, may: cabinet },
    { to: '/staff', label: t`Staff`, Icon: IconUsers, may: cabinet },
    { to: '/settings', label: t`Settings`, Icon: IconSettings, may: true },
  ];
  return places.filter(({ may }) => may);
}
