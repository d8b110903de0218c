import { useLingui } from '@lingui/react/macro';
import { IconWifiOff } from '@tabler/icons-react';
import { useEffect } from 'react';
import { Button } from 'twenty-ui/input';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { Message } from '../../ui/states/message.tsx';
import type { Problem } from '../data/problem.ts';
import { useSessions } from '../session/session-context.ts';
import { useOnline } from './use-online.ts';

/** How often an unreachable server is asked again, in milliseconds. */
const AGAIN = 5_000;

/** The application is here but the server is not: says so, and goes on by itself when it is back. */
export function Unreachable({ problem }: { readonly problem: Problem }) {
  const { t } = useLingui();
  const { refresh } = useSessions();
  const online = useOnline();
  const silent = problem.code === 'offline' || problem.code === 'too_slow' || problem.status >= 502;

  useEffect(() => {
    if (!silent) return undefined;
    let current = true;
    let timer: ReturnType<typeof setTimeout>;
    const again = async (): Promise<void> => {
      clearTimeout(timer);
      await refresh();
      if (current) timer = setTimeout(() => void again(), AGAIN);
    };
    const now = (): void => void again();
    timer = setTimeout(now, AGAIN);
    window.addEventListener('online', now);
    return () => {
      current = false;
      clearTimeout(timer);
      window.removeEventListener('online', now);
    };
  }, [silent, refresh]);

  if (!silent) return <ErrorState problem={problem} onRetry={() => void refresh()} />;
  return (
    <Message
      Icon={IconWifiOff}
      title={online ? t`The server cannot be reached` : t`You are offline`}
      text={t`MaK shows only what is true now, so it keeps nothing for offline use. It goes on by itself as soon as the connection is back.`}
      action={<Button title={t`Try now`} variant="secondary" onClick={() => void refresh()} />}
    />
  );
}
