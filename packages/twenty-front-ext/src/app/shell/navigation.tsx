import { useLingui } from '@lingui/react/macro';
import { IconLogout, IconSelector, IconUserCircle } from '@tabler/icons-react';
import { NavLink, useNavigate } from 'react-router-dom';
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../../ui/menu/menu.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useLanguage } from '../i18n/i18n.tsx';
import { LANGUAGES } from '../i18n/languages.ts';
import type { Language } from '../i18n/languages.ts';
import { Bell } from '../notifications/bell.tsx';
import { useSession, useSessions } from '../session/session-provider.tsx';
import { useOwnLanguage } from '../session/use-own-language.ts';
import { useThemeChoice } from '../theme/theme.tsx';
import styles from './navigation.module.css';
import { usePlaces } from './use-places.ts';

/** Where a person can go, and who they are. */
export function Navigation() {
  const { t } = useLingui();
  const places = usePlaces();
  return (
    <nav className={styles.navigation} aria-label={t`Main`}>
      <div className={styles.head}>
        <PersonMenu />
        <Bell />
      </div>
      <ul className={styles.places}>
        {places.map(({ to, label, Icon }) => (
          <li key={to}>
            <NavLink to={to} className={() => styles.place}>
              <Icon size={16} aria-hidden />
              {label}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function PersonMenu() {
  const { t } = useLingui();
  const { user, membership } = useSession();
  const { signOut, switchTenant } = useSessions();
  const { choice, choose } = useThemeChoice();
  const { language } = useLanguage();
  const speak = useOwnLanguage();
  const snackbar = useSnackbar();
  const navigate = useNavigate();
  const leave = (): void => {
    signOut().catch(() =>
      snackbar.error(t`You could not be signed out. Check the connection and try again.`),
    );
  };
  const languages = Object.entries(LANGUAGES).map(([value, label]) => ({
    value: value as Language,
    label,
  }));
  return (
    <Menu
      trigger={
        <button type="button" className={styles.person}>
          <span className={styles.names}>
            <strong>{membership.tenant_name}</strong>
            <span>{user.name}</span>
          </span>
          <IconSelector size={14} aria-hidden />
        </button>
      }
    >
      {user.tenants.length > 1 && (
        <>
          <MenuChoice
            label={t`Company`}
            value={membership.tenant_id}
            options={user.tenants.map((one) => ({ value: one.tenant_id, label: one.tenant_name }))}
            onChange={switchTenant}
          />
          <MenuSeparator />
        </>
      )}
      <MenuChoice
        label={t`Theme`}
        value={choice}
        options={[
          { value: 'system', label: t`As the device` },
          { value: 'light', label: t`Light` },
          { value: 'dark', label: t`Dark` },
        ]}
        onChange={choose}
      />
      <MenuSeparator />
      <MenuChoice label={t`Language`} value={language} options={languages} onChange={speak} />
      <MenuSeparator />
      <MenuItem Icon={IconUserCircle} onSelect={() => navigate('/settings/profile')}>
        {t`Profile`}
      </MenuItem>
      <MenuItem Icon={IconLogout} onSelect={leave}>
        {t`Sign out`}
      </MenuItem>
    </Menu>
  );
}
