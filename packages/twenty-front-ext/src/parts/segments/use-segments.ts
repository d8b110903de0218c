import { useMutation, useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { problemOf } from '../../app/data/problem.ts';
import type { SegmentLineFragment } from '../../generated/graphql.ts';
import type { SharedName } from '../shared-name/shared-name-dialog.tsx';
import { SEGMENT_DOCUMENTS } from './segment-documents.ts';
import type { SegmentedRecord } from './segment-documents.ts';

export interface Segments {
  readonly of: SegmentedRecord;
  readonly all: readonly SegmentLineFragment[];
  readonly find: (id: string | null) => SegmentLineFragment | null;
  /** What the segment is called; null when none is named. */
  readonly nameOf: (id: string | null) => string | null;
  /** Gives its id. */
  readonly create: (draft: SharedName, filter: unknown) => Promise<string>;
  readonly edit: (
    segment: SegmentLineFragment,
    change: Partial<SharedName & { readonly filter: unknown }>,
  ) => Promise<void>;
  readonly remove: (segment: SegmentLineFragment) => Promise<void>;
}

/** Own segments of these records and those that colleagues share. */
export function useSegments(of: SegmentedRecord): Segments {
  const { t } = useLingui();
  const documents = SEGMENT_DOCUMENTS[of];
  const { data, refetch } = useQuery(documents.list);
  const refetchQueries = [documents.list];
  const [create] = useMutation(documents.create, { refetchQueries, awaitRefetchQueries: true });
  const [edit] = useMutation(documents.edit, { refetchQueries });
  const [remove] = useMutation(documents.remove, { refetchQueries });
  const all = data?.segments ?? [];
  const find = (id: string | null): SegmentLineFragment | null =>
    all.find((segment) => segment.id === id) ?? null;
  return {
    of,
    all,
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
