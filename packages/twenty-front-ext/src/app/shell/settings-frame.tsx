import { useLingui } from '@lingui/react/macro';
import {
  IconBuilding,
  IconGavel,
  IconGitBranch,
  IconHistory,
  IconKey,
  IconLock,
  IconPlugConnected,
  IconRefreshDot,
  IconUserCheck,
  IconUserCircle,
  IconUserSearch,
  IconUsers,
  IconWebhook,
} from '@tabler/icons-react';
import { Suspense } from 'react';
import { NavLink, Outlet } from 'react-router-dom';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import navigation from './navigation.module.css';
import styles from './settings-frame.module.css';
import { useMay } from './tenant.tsx';

/** Side navigation of the settings, with the chosen page beside it. */
export function Component() {
  const { t } = useLingui();
  const places = useSettingsPlaces();
  return (
    <div className={styles.frame}>
      <nav className={styles.side} aria-label={t`Settings`}>
        <p className={styles.title}>{t`Settings`}</p>
        <ul className={navigation.places}>
          {places.map(({ to, label, Icon }) => (
            <li key={to}>
              <NavLink to={to} className={() => navigation.place}>
                <Icon size={16} aria-hidden />
                {label}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      <div className={styles.page}>
        <Suspense fallback={<PageSkeleton />}>
          <Outlet />
        </Suspense>
      </div>
    </div>
  );
}

/** Pages of the settings that the person may see. */
function useSettingsPlaces() {
  const { t } = useLingui();
  const places = [
    { to: '/settings/profile', label: t`Profile`, Icon: IconUserCircle, may: true },
    { to: '/settings/company', label: t`Company`, Icon: IconBuilding, may: true },
    { to: '/settings/people', label: t`People`, Icon: IconUsers, may: useMay('deals:read') },
    {
      to: '/settings/registrations',
      label: t`Registrations`,
      Icon: IconUserCheck,
      may: useMay('accounts:manage'),
    },
    {
      to: '/settings/auction',
      label: t`Auction`,
      Icon: IconGavel,
      may: useMay('auction:manage'),
    },
    { to: '/settings/roles', label: t`Roles`, Icon: IconLock, may: useMay('accounts:manage') },
    {
      to: '/settings/pipelines',
      label: t`Pipelines`,
      Icon: IconGitBranch,
      may: useMay('pipelines:read'),
    },
    { to: '/settings/leads', label: t`Leads`, Icon: IconUserSearch, may: useMay('leads:manage') },
    {
      to: '/settings/api-keys',
      label: t`API keys`,
      Icon: IconKey,
      may: useMay('api-clients:manage'),
    },
    {
      to: '/settings/webhooks',
      label: t`Webhooks`,
      Icon: IconWebhook,
      may: useMay('webhooks:manage'),
    },
    {
      to: '/settings/twenty',
      label: t`twenty`,
      Icon: IconPlugConnected,
      may: useMay('tenant:manage'),
    },
    {
      to: '/settings/connectors',
      label: t`Connectors`,
      Icon: IconRefreshDot,
      may: useMay('tenant:manage'),
    },
    { to: '/settings/audit', label: t`Audit log`, Icon: IconHistory, may: useMay('audit:read') },
  ];
  return places.filter(({ may }) => may);
}
