import { useMutation, useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { problemOf } from '../../app/data/problem.ts';
import {
  CreateLeadSegmentDocument,
  DeleteLeadSegmentDocument,
  EditLeadSegmentDocument,
  LeadSegmentsDocument,
} from '../../generated/graphql.ts';
import type { SegmentDraft, SegmentItem } from '../../parts/segments/segment.ts';

export interface LeadSegmentsOf {
  readonly segments: readonly SegmentItem[];
  readonly find: (id: string | null) => SegmentItem | null;
  /** What the segment is called; null when none is named. */
  readonly nameOf: (id: string | null) => string | null;
  /** Gives its id. */
  readonly create: (draft: SegmentDraft, filter: unknown) => Promise<string>;
  readonly edit: (
    segment: SegmentItem,
    change: Partial<SegmentDraft & { readonly filter: unknown }>,
  ) => Promise<void>;
  readonly remove: (segment: SegmentItem) => Promise<void>;
}

/** Own segments of leads and those that colleagues share. */
export function useLeadSegments(): LeadSegmentsOf {
  const { t } = useLingui();
  const { data, refetch } = useQuery(LeadSegmentsDocument);
  const refetchQueries = [LeadSegmentsDocument];
  const [create] = useMutation(CreateLeadSegmentDocument, {
    refetchQueries,
    awaitRefetchQueries: true,
  });
  const [edit] = useMutation(EditLeadSegmentDocument, { refetchQueries });
  const [remove] = useMutation(DeleteLeadSegmentDocument, { refetchQueries });
  const segments = data?.segments ?? [];
  const find = (id: string | null): SegmentItem | null =>
    segments.find((segment) => segment.id === id) ?? null;
  return {
    segments,
    find,
    nameOf: (id) => {
      if (id === null) return null;
      return find(id)?.name ?? (data === undefined ? '…' : t`deleted`);
    },
    create: async (draft, filter) => {
      const { data: made } = await create({ variables: { input: { ...draft, filter } } });
      if (made === undefined || made === null) throw new Error('The answer has no data.');
      return made.createSegment.id;
    },
    edit: async ({ id, version }, change) => {
      try {
        await edit({ variables: { id, version, input: change } });
      } catch (error) {
        // With what somebody else has saved meanwhile the person decides anew.
        if (problemOf(error).code === 'stale_version') await refetch().catch(() => undefined);
        throw error;
      }
    },
    remove: async ({ id }) => {
      await remove({ variables: { id } });
    },
  };
}
