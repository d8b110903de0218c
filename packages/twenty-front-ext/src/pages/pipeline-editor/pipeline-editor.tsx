import { Trans, useLingui } from '@lingui/react/macro';
import { IconGitBranch } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import type { PipelineDefinition } from 'twenty-mak-domain';
import type { EditedPipelineFragment } from '../../generated/graphql.ts';
import { FormProblem } from '../../ui/form/form-problem.tsx';
import { Page } from '../../ui/page/page.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { TabList, TabPanel, Tabs } from '../../ui/tabs/tabs.tsx';
import { SeverityIcon } from './check/note-list.tsx';
import { worst } from './check/notes.ts';
import { useCheck } from './check/use-check.ts';
import { EditorContext } from './draft/editor-context.ts';
import { LeaveWarning } from './draft/leave-warning.tsx';
import { useDraft } from './draft/use-draft.ts';
import { EditorActions } from './editor-actions.tsx';
import { TabContent } from './tab-content.tsx';
import { SuggestedLists } from './items/suggested.tsx';
import { ConflictDialog } from './publish/conflict-dialog.tsx';
import styles from './pipeline-editor.module.css';
import { EDITOR_TABS, isEditorTab, tabOf } from './tabs.ts';
import type { EditorTab } from './tabs.ts';

interface PipelineEditorProps {
  readonly begun: EditedPipelineFragment;
  readonly definition: PipelineDefinition;
  readonly mayEdit: boolean;
}

export function PipelineEditor({ begun, definition, mayEdit }: PipelineEditorProps) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const [search, setSearch] = useSearchParams();
  const [pipeline, setPipeline] = useState(begun);
  const draft = useDraft(begun.key, { definition, version: begun.version });
  const { present, saved } = draft.state;
  const check = useCheck(present);
  const readOnly = !mayEdit || pipeline.archivedAt != null;
  const { change, undo } = draft;
  const editor = useMemo(
    () => ({ definition: present, readOnly, check, change, undo }),
    [present, readOnly, check, change, undo],
  );
  const chosen = search.get('tab');
  const tab = isEditorTab(chosen) ? chosen : 'stages';
  const open = (next: EditorTab): void => setSearch({ tab: next }, { replace: true });

  const save = async (): Promise<boolean> => {
    const done = await draft.save();
    if (done) snackbar.success(t`The draft is saved.`);
    return done;
  };
  useShortcuts(readOnly ? null : { save: () => void save(), undo: draft.undo, redo: draft.redo });

  const names: Readonly<Record<EditorTab, string>> = {
    stages: t`Stages`,
    gates: t`Gates`,
    events: t`Events`,
    rules: t`Rules`,
    timers: t`Timers`,
    check: t`Check`,
    try: t`What if`,
    versions: t`Versions`,
  };
  const tabs = EDITOR_TABS.map((value) => {
    const notes =
      value === 'check' ? check.notes : check.notes.filter((note) => tabOf(note.field) === value);
    const mark = worst(notes);
    return {
      value,
      label: names[value],
      mark: mark === null ? null : <SeverityIcon severity={mark} />,
    };
  });

  return (
    <EditorContext value={editor}>
      <Page
        title={present.title === '' ? pipeline.key : present.title}
        Icon={IconGitBranch}
        layout="fill"
        actions={
          <>
            <Link className={styles.back} to="/settings/pipelines">
              <Trans>All pipelines</Trans>
            </Link>
            <EditorActions
              pipeline={pipeline}
              draft={draft}
              onSave={save}
              onPipeline={(next) => {
                setPipeline(next);
                open('versions');
              }}
            />
          </>
        }
      >
        <Tabs value={tab} onChange={open} className={styles.tabs}>
          <TabList label={t`Parts of the pipeline`} tabs={tabs} />
          <div className={styles.content}>
            <FormProblem problem={draft.problem?.code === 'stale_version' ? null : draft.problem} />
            {EDITOR_TABS.map((value) => (
              <TabPanel key={value} value={value}>
                <TabContent tab={value} pipeline={pipeline} onOpen={open} />
              </TabPanel>
            ))}
          </div>
        </Tabs>
        <SuggestedLists />
        <LeaveWarning unsaved={draft.unsaved} />
        {draft.conflict !== null && (
          <ConflictDialog
            base={saved}
            theirs={draft.conflict.theirs}
            mine={present}
            busy={draft.saving}
            onKeepMine={() => void draft.keepMine()}
            onTakeTheirs={draft.takeTheirs}
            onClose={draft.closeConflict}
          />
        )}
      </Page>
    </EditorContext>
  );
}

interface Shortcuts {
  readonly save: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

/** Ctrl+S saves everywhere; Ctrl+Z and Ctrl+Y undo and redo where no text field has its own undo. */
function useShortcuts(shortcuts: Shortcuts | null): void {
  useEffect(() => {
    if (shortcuts === null) return undefined;
    const press = (event: KeyboardEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      const typing =
        event.target instanceof HTMLElement &&
        (event.target.isContentEditable || event.target.matches('input, textarea, select'));
      const key = event.key.toLowerCase();
      const action =
        key === 's'
          ? shortcuts.save
          : typing
            ? null
            : key === 'y' || (key === 'z' && event.shiftKey)
              ? shortcuts.redo
              : key === 'z'
                ? shortcuts.undo
                : null;
      if (action === null) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
}
