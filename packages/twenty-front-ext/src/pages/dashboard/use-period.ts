import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Days, both included; null: no end. */
export interface Period {
  readonly from: string | null;
  readonly to: string | null;
}

/** The period lives in the address, like the filters. */
export function usePeriod(): readonly [Period, (period: Period) => void] {
  const [params, setParams] = useSearchParams();
  const [from, to] = [params.get('from'), params.get('to')];
  const period = useMemo(() => ({ from, to }), [from, to]);
  const setPeriod = useCallback(
    (next: Period) =>
      setParams(
        (before) => {
          const changed = new URLSearchParams(before);
          for (const [name, day] of Object.entries(next)) {
            if (typeof day === 'string') changed.set(name, day);
            else changed.delete(name);
          }
          return changed;
        },
        { replace: true },
      ),
    [setParams],
  );
  return [period, setPeriod];
}
