import { useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { serverNow } from '../../parts/auction/use-server-now.ts';
import { useFormat } from '../../ui/format/use-format.tsx';

const STEP = 15_000;

/** Whether a lead can still be given back, and how long, by the server's clock as far as it is known. */
export function useWindow(until: string): { readonly isOpen: boolean; readonly text: string } {
  const { t } = useLingui();
  const { duration } = useFormat();
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), STEP);
    return () => clearInterval(timer);
  }, []);
  const left = Date.parse(until) - now;
  return left > 0
    ? { isOpen: true, text: t`Can be returned for ${duration(left)}` }
    : { isOpen: false, text: t`The time for a return is over` };
}
