import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { problemOf } from '../../app/data/problem.ts';
import type { SegmentLineFragment } from '../../generated/graphql.ts';
import { SharedNameDialog } from '../shared-name/shared-name-dialog.tsx';
import type { SharedName } from '../shared-name/shared-name-dialog.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';
import { filterWithin } from './segment-filter.ts';
import type { Question } from './segment-filter.ts';
import { SegmentMenu } from './segment-menu.tsx';
import type { Segments } from './use-segments.ts';

interface SegmentChooserProps {
  readonly segments: Segments;
  /** Id of the segment that the list shows. */
  readonly chosen: string | null;
  /** Filters that hold beside it, as far as a segment can keep them. */
  readonly questions: readonly Question[];
  /** The filters that a segment can keep hold no more: they are in it, or another one is shown. */
  readonly onChoose: (id: string | null) => void;
}

/** Segments of a list: chosen, made of the filters that hold, renamed, shared and deleted. */
export function SegmentChooser({ segments, chosen: id, questions, onChoose }: SegmentChooserProps) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const textOf = useProblemText();
  const [naming, setNaming] = useState<'new' | SegmentLineFragment | null>(null);
  const chosen = segments.find(id);
  const failed = (error: unknown): void => snackbar.error(textOf(problemOf(error)));
  const filter = (): object => filterWithin(chosen?.filter ?? null, questions);

  const save = async (draft: SharedName): Promise<void> => {
    if (naming === 'new') onChoose(await segments.create(draft, filter()));
    // As it is now, not as it was when the dialog was opened.
    else if (naming !== null) await segments.edit(segments.find(naming.id) ?? naming, draft);
    snackbar.success(t`Saved`);
  };
  const keep = (segment: SegmentLineFragment): void => {
    segments.edit(segment, { filter: filter() }).then(() => {
      onChoose(segment.id);
      snackbar.success(t`Saved`);
    }, failed);
  };
  const restore = ({ name, shared, filter: kept }: SegmentLineFragment): void => {
    segments.create({ name, shared }, kept).then(onChoose, failed);
  };
  const remove = (segment: SegmentLineFragment): void => {
    segments.remove(segment).then(() => {
      onChoose(null);
      snackbar.success(t`Segment deleted`, { label: t`Undo`, run: () => restore(segment) });
    }, failed);
  };
  return (
    <>
      <SegmentMenu
        segments={segments}
        chosen={chosen}
        isNarrowed={questions.length > 0}
        onChoose={onChoose}
        onNew={() => setNaming('new')}
        onKeep={keep}
        onRename={setNaming}
        onDelete={remove}
      />
      {naming !== null && (
        <SharedNameDialog
          title={naming === 'new' ? t`New segment` : t`Rename or share the segment`}
          description={t`A segment keeps the filters, not what was searched for.`}
          before={naming === 'new' ? null : naming}
          onSave={save}
          onClose={() => setNaming(null)}
        />
      )}
    </>
  );
}
