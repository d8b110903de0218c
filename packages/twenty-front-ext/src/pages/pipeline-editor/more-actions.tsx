import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconDownload,
  IconTrash,
  IconUpload,
} from '@tabler/icons-react';
import { problemOf } from '../../app/data/problem.ts';
import { DropPipelineDraftDocument } from '../../generated/graphql.ts';
import type { EditedPipelineFragment } from '../../generated/graphql.ts';
import { MenuItem, MenuSeparator } from '../../ui/menu/menu.tsx';
import { pickFile } from '../../ui/pick-file.ts';
import { saveText } from '../../ui/save-text.ts';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';
import { newestOf } from './draft/use-draft.ts';
import type { Draft } from './draft/use-draft.ts';
import { readDefinitionText } from './draft/read-definition-text.ts';

interface MoreActionsProps {
  readonly pipeline: EditedPipelineFragment;
  readonly draft: Draft;
  readonly onPipeline: (pipeline: EditedPipelineFragment) => void;
}

/** What is done seldom: files, and going back to what is published. */
export function MoreActions({ pipeline, draft, onPipeline }: MoreActionsProps) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const textOf = useProblemText();
  const [drop] = useMutation(DropPipelineDraftDocument);
  const { key, currentVersion } = pipeline;
  const { state } = draft;

  const exportFile = (): void => {
    const text = `${JSON.stringify(state.present, null, 2)}\n`;
    saveText(`${key}.json`, text, 'application/json');
  };
  const importFile = async (): Promise<void> => {
    const file = await pickFile('.json,application/json');
    if (file === null) return;
    const read = readDefinitionText(await file.text(), key);
    if (!read.ok) {
      snackbar.error(t`The file was not taken: ${read.refusal.reason}`);
      return;
    }
    draft.change(read.value);
    snackbar.info(t`The definition of the file is shown. Save it to keep it.`, {
      label: t`Undo`,
      run: draft.undo,
    });
  };
  const dropDraft = async (): Promise<void> => {
    try {
      const { data } = await drop({ variables: { key, version: state.version } });
      const next = data?.dropPipelineDraft;
      const definition = next === undefined ? null : newestOf(next);
      if (next === undefined || definition === null) return;
      draft.take(definition, next.version);
      onPipeline(next);
      snackbar.success(t`The draft is dropped.`, { label: t`Undo`, run: draft.undo });
    } catch (error) {
      snackbar.error(textOf(problemOf(error)));
    }
  };
  return (
    <>
      <MenuItem
        Icon={IconArrowBackUp}
        disabled={state.past.length === 0}
        onSelect={draft.undo}
      >{t`Undo`}</MenuItem>
      <MenuItem
        Icon={IconArrowForwardUp}
        disabled={state.future.length === 0}
        onSelect={draft.redo}
      >{t`Redo`}</MenuItem>
      <MenuSeparator />
      <MenuItem Icon={IconDownload} onSelect={exportFile}>{t`Export as a file`}</MenuItem>
      <MenuItem Icon={IconUpload} onSelect={() => void importFile()}>
        {t`Import a file …`}
      </MenuItem>
      {currentVersion != null && (
        <>
          <MenuSeparator />
          <MenuItem Icon={IconTrash} danger onSelect={() => void dropDraft()}>
            {t`Back to what is published`}
          </MenuItem>
        </>
      )}
    </>
  );
}
