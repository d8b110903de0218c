import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowBackUp, IconArrowForwardUp, IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { validateDefinition } from 'twenty-mak-domain';
import { Button, IconButton } from 'twenty-ui/input';
import type { EditedPipelineFragment } from '../../generated/graphql.ts';
import { Menu } from '../../ui/menu/menu.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import type { Draft } from './draft/use-draft.ts';
import { useEditor } from './draft/editor-context.ts';
import { MoreActions } from './more-actions.tsx';
import { PublishDialog } from './publish/publish-dialog.tsx';
import styles from './pipeline-editor.module.css';

interface EditorActionsProps {
  readonly pipeline: EditedPipelineFragment;
  readonly draft: Draft;
  readonly onSave: () => Promise<boolean>;
  /** The server has another state of the pipeline now. */
  readonly onPipeline: (pipeline: EditedPipelineFragment) => void;
}

export function EditorActions({ pipeline, draft, onSave, onPipeline }: EditorActionsProps) {
  const { t } = useLingui();
  const { readOnly } = useEditor();
  const snackbar = useSnackbar();
  const [publishing, setPublishing] = useState(false);
  const { state, unsaved, saving } = draft;
  const current = validateDefinition(pipeline.definition);
  // Published and not edited since: there is nothing to publish.
  const hasDraft = unsaved || state.version !== pipeline.version || pipeline.hasDraft;

  const publish = async (): Promise<void> => {
    if (!unsaved || (await onSave())) setPublishing(true);
  };
  if (readOnly) {
    return (
      <span className={styles.state}>
        {pipeline.archivedAt == null ? <Trans>Read only</Trans> : <Trans>Archived</Trans>}
      </span>
    );
  }
  return (
    <>
      <span className={styles.state} role="status">
        {saving ? <Trans>Saving …</Trans> : unsaved ? <Trans>Not saved</Trans> : null}
      </span>
      <span className={styles.wideOnly}>
        <IconButton
          Icon={IconArrowBackUp}
          variant="tertiary"
          size="small"
          ariaLabel={t`Undo`}
          disabled={state.past.length === 0}
          onClick={draft.undo}
        />
        <IconButton
          Icon={IconArrowForwardUp}
          variant="tertiary"
          size="small"
          ariaLabel={t`Redo`}
          disabled={state.future.length === 0}
          onClick={draft.redo}
        />
      </span>
      <Button
        title={t`Save draft`}
        variant="secondary"
        size="small"
        disabled={!unsaved || saving}
        onClick={() => void onSave()}
      />
      <Button
        title={t`Publish …`}
        variant="primary"
        accent="blue"
        size="small"
        disabled={!hasDraft || saving}
        onClick={() => void publish()}
      />
      <Menu
        align="end"
        trigger={
          <IconButton Icon={IconDots} variant="tertiary" size="small" ariaLabel={t`More actions`} />
        }
      >
        <MoreActions pipeline={pipeline} draft={draft} onPipeline={onPipeline} />
      </Menu>
      {publishing && (
        <PublishDialog
          pipeline={pipeline}
          draft={state.saved}
          current={current.ok ? current.value : null}
          version={state.version}
          onPublished={(published) => {
            setPublishing(false);
            draft.saved(published.version);
            onPipeline(published);
            const version = published.currentVersion ?? 1;
            snackbar.success(t`Version ${version} is published.`);
          }}
          onClose={() => setPublishing(false)}
        />
      )}
    </>
  );
}
