import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { problemOf } from '../../app/data/problem.ts';
import { SegmentDialog } from '../../parts/segments/segment-dialog.tsx';
import { SegmentMenu } from '../../parts/segments/segment-menu.tsx';
import type { SegmentDraft, SegmentItem } from '../../parts/segments/segment.ts';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';
import { isNarrowed, NO_FILTERS, segmentFilter } from './lead-filters.ts';
import type { LeadFilters } from './lead-filters.ts';
import type { LeadSegmentsOf } from './use-lead-segments.ts';

interface LeadSegmentsProps {
  readonly segments: LeadSegmentsOf;
  readonly value: LeadFilters;
  readonly onChange: (value: LeadFilters) => void;
}

/** Segments of leads: chosen, made of the filters that hold, renamed, shared and deleted. */
export function LeadSegments({ segments: store, value, onChange }: LeadSegmentsProps) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const textOf = useProblemText();
  const [naming, setNaming] = useState<'new' | SegmentItem | null>(null);
  const chosen = store.find(value.segment);
  // What was searched for stays, as it is in no segment.
  const choose = (segment: string | null): void =>
    onChange({ ...NO_FILTERS, text: value.text, segment });
  const failed = (error: unknown): void => snackbar.error(textOf(problemOf(error)));
  const filter = (): object => segmentFilter(value, chosen?.filter ?? null);

  const save = async (draft: SegmentDraft): Promise<void> => {
    if (naming === 'new') choose(await store.create(draft, filter()));
    // As it is now, not as it was when the dialog was opened.
    else if (naming !== null) await store.edit(store.find(naming.id) ?? naming, draft);
    snackbar.success(t`Saved`);
  };
  const keep = (segment: SegmentItem): void => {
    store.edit(segment, { filter: filter() }).then(() => {
      choose(segment.id);
      snackbar.success(t`Saved`);
    }, failed);
  };
  const restore = ({ name, shared, filter: kept }: SegmentItem): void => {
    store.create({ name, shared }, kept).then(choose, failed);
  };
  const remove = (segment: SegmentItem): void => {
    store.remove(segment).then(() => {
      choose(null);
      snackbar.success(t`Segment deleted`, { label: t`Undo`, run: () => restore(segment) });
    }, failed);
  };
  return (
    <>
      <SegmentMenu
        segments={store.segments}
        chosen={chosen}
        isNarrowed={isNarrowed(value)}
        onChoose={({ id }) => choose(id)}
        onNew={() => setNaming('new')}
        onKeep={keep}
        onRename={setNaming}
        onDelete={remove}
      />
      {naming !== null && (
        <SegmentDialog
          segment={naming === 'new' ? null : naming}
          onSave={save}
          onClose={() => setNaming(null)}
        />
      )}
    </>
  );
}
