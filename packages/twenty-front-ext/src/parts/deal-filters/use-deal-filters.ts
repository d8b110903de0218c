import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { readDealFilters, writeDealFilters } from './deal-filters.ts';
import type { DealFilters } from './deal-filters.ts';

/** Filters that live in the address: they survive a reload and can be sent to somebody. */
export function useDealFilters(): readonly [DealFilters, (filters: DealFilters) => void] {
  const [params, setParams] = useSearchParams();
  const filters = useMemo(() => readDealFilters(params), [params]);
  const setFilters = useCallback(
    (next: DealFilters) => setParams((before) => writeDealFilters(next, before), { replace: true }),
    [setParams],
  );
  return [filters, setFilters];
}
