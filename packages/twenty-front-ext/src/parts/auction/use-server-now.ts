import { useEffect, useState } from 'react';
import { ServerClock } from './server-clock.ts';

const clock = new ServerClock(() => performance.now());

/** The present by the server's clock; the device's, while the server has not told it. */
export function serverNow(): number {
  return clock.now() ?? Date.now();
}

/** The present by the server's clock, told again every second. `said` is when what is shown was read there. */
export function useServerNow(said: string): number {
  const [now, setNow] = useState(() => {
    clock.hear(said);
    return serverNow();
  });
  useEffect(() => {
    clock.hear(said);
    const tick = (): void => setNow(serverNow());
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [said]);
  return now;
}
