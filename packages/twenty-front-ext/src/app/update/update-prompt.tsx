import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { Button } from 'twenty-ui/input';
import { registerSW } from 'virtual:pwa-register';
import styles from './update-prompt.module.css';

/** How often an open page asks whether there is a new version, in milliseconds. */
const AGAIN = 60 * 60_000;

/**
 * Keeps the application for times without a connection, and tells when the server has a newer one. The page is loaded
 * anew only by the person who uses it: somebody may be typing, here or in another tab.
 */
export function UpdatePrompt() {
  const { t } = useLingui();
  const [reload, setReload] = useState<(() => void) | null>(null);
  const [later, setLater] = useState(false);

  useEffect(() => {
    let wanted = false;
    let timer: ReturnType<typeof setInterval> | undefined;
    const update = registerSW({
      onNeedRefresh: () => {
        setLater(false);
        setReload(() => () => {
          wanted = true;
          void update();
        });
      },
      onNeedReload: () => {
        if (wanted) location.reload();
      },
      onRegisteredSW: (_, registration) => {
        // Offline it fails; the next one will do.
        timer = setInterval(() => void registration?.update().catch(() => undefined), AGAIN);
      },
    });
    return () => clearInterval(timer);
  }, []);

  return (
    <div role="status">
      {reload !== null && !later && (
        <div className={styles.prompt}>
          <span>
            <Trans>A new version is ready.</Trans>
          </span>
          <Button
            title={t`Later`}
            variant="secondary"
            size="small"
            onClick={() => setLater(true)}
          />
          <Button title={t`Reload`} variant="primary" accent="blue" size="small" onClick={reload} />
        </div>
      )}
    </div>
  );
}
