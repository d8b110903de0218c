import { useQuery } from '@apollo/client/react';
import { useCallback } from 'react';
import { countText } from '../../ui/format/count-text.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import { SEGMENT_DOCUMENTS } from './segment-documents.ts';
import type { SegmentedRecord } from './segment-documents.ts';

/** How many records segments have, counted when the component appears; null while or where that is not known. */
export function useSegmentSizes(of: SegmentedRecord): (id: string) => string | null {
  const { number } = useFormat();
  const { data } = useQuery(SEGMENT_DOCUMENTS[of].sizes);
  return useCallback(
    (id) => {
      const size = data?.segments.find((segment) => segment.id === id)?.size ?? null;
      return size === null ? null : countText(size.records, number);
    },
    [data, number],
  );
}
