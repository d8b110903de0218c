import { createContext, useContext, useEffect, useState } from 'react';
import type { ReactNode } from 'react';

/** How SLA clocks know the present, in milliseconds since 1970. */
export interface Clock {
  readonly now: () => number;
  readonly frozen: boolean;
}

const DEVICE: Clock = { now: () => Date.now(), frozen: false };
const ClockContext = createContext<Clock>(DEVICE);

/** The tenant's clock: it may stand still, and the device's may be wrong. */
export function ClockProvider({
  clock,
  children,
}: {
  readonly clock: Clock;
  readonly children: ReactNode;
}) {
  return <ClockContext value={clock}>{children}</ClockContext>;
}

export function useClock(): Clock {
  return useContext(ClockContext);
}

/** The present, told again every `step` milliseconds. */
export function useNow(step = 30_000): number {
  const clock = useClock();
  const [now, setNow] = useState(clock.now);
  useEffect(() => {
    if (clock.frozen) return undefined;
    const timer = setInterval(() => setNow(clock.now()), step);
    return () => clearInterval(timer);
  }, [clock, step]);
  return clock.frozen ? clock.now() : now;
}
