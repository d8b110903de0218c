import { useEffect, useRef } from 'react';

/** Reads a list again when the count that the page knows of has changed. */
export function useRefetchOn(count: number, refetch: () => Promise<unknown>): void {
  const seen = useRef(count);
  useEffect(() => {
    if (seen.current === count) return;
    seen.current = count;
    // The list stays as it was; the shell says that the connection is lost.
    refetch().catch(() => undefined);
  }, [count, refetch]);
}
