import { Trans, useLingui } from '@lingui/react/macro';
import { IconMenu2, IconWifiOff } from '@tabler/icons-react';
import { Suspense, useEffect, useRef, useState } from 'react';
import { Outlet, useLocation } from 'react-router-dom';
import { PageSkeleton } from '../../ui/states/skeleton.tsx';
import { useLiveState } from '../data/live.tsx';
import { UnreadDot } from '../notifications/unread-dot.tsx';
import { useOnline } from '../offline/use-online.ts';
import { useSession } from '../session/session-provider.tsx';
import { Navigation } from './navigation.tsx';
import { TenantProvider } from './tenant.tsx';
import styles from './shell.module.css';

/** Navigation beside the page; on a phone it slides in. Embedded in twenty there is only the page. */
export function Shell() {
  const { t } = useLingui();
  const embedded = useSession().credential.kind === 'bearer';
  const { pathname } = useLocation();
  // It closes by itself when another page opens.
  const [openedOn, setOpenedOn] = useState<string | null>(null);
  const open = openedOn === pathname;
  const setOpen = (next: boolean): void => setOpenedOn(next ? pathname : null);
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);

  // A screen reader goes on reading where the new page begins.
  useEffect(() => {
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
  }, [pathname]);

  return (
    <TenantProvider>
      <div className={styles.shell} data-embedded={embedded}>
        <a className={styles.skip} href="#main">
          <Trans>Skip to content</Trans>
        </a>
        {!embedded && (
          <>
            <button
              type="button"
              className={styles.burger}
              aria-label={t`Navigation`}
              aria-expanded={open}
              aria-controls="navigation"
              onClick={() => setOpen(!open)}
            >
              <IconMenu2 size={20} aria-hidden />
              <UnreadDot />
            </button>
            <div id="navigation" className={styles.side} data-open={open}>
              <Navigation />
            </div>
            {open && <div className={styles.shade} onClick={() => setOpen(false)} aria-hidden />}
          </>
        )}
        <main id="main" ref={main} tabIndex={-1} className={styles.main}>
          <ConnectionNotice />
          <Suspense fallback={<PageSkeleton />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
    </TenantProvider>
  );
}

function ConnectionNotice() {
  const state = useLiveState();
  const online = useOnline();
  const lost = state === 'lost' || !online;
  return (
    <div role="status" className={styles.notice} data-shown={lost}>
      {lost && (
        <>
          <IconWifiOff size={14} aria-hidden />
          <Trans>
            The connection is lost. What you see may be old; it comes up to date by itself.
          </Trans>
        </>
      )}
    </div>
  );
}
