import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

export interface DeskFilter {
  /** Key of a pipeline; null: all. */
  readonly pipeline: string | null;
  readonly timer: string | null;
  /** Account. */
  readonly person: string | null;
}

/** What the desk is narrowed by; it lives in the address. */
export function useDeskFilter(): readonly [DeskFilter, (change: Partial<DeskFilter>) => void] {
  const [params, setParams] = useSearchParams();
  const filter = useMemo(
    () => ({
      pipeline: params.get('pipeline'),
      timer: params.get('timer'),
      person: params.get('person'),
    }),
    [params],
  );
  const change = useCallback(
    (changed: Partial<DeskFilter>) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changed)) {
            if (value === null) next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );
  return [filter, change];
}
