import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { deleteStage } from 'twenty-mak-domain';
import type { StageDefinition } from 'twenty-mak-domain';
import { ConfirmDialog } from '../../../ui/dialog/confirm-dialog.tsx';
import { FormProblem } from '../../../ui/form/form-problem.tsx';
import { SelectField } from '../../../ui/form/select-field.tsx';
import { useSnackbar } from '../../../ui/snackbar/snackbar.tsx';
import { useEditor } from '../draft/editor-context.ts';

/** Asks where deals are instead; the rules of the deleted stage then give that one. */
export function DeleteStageDialog({
  stage,
  onClose,
}: {
  readonly stage: StageDefinition;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const { definition, change, undo } = useEditor();
  const snackbar = useSnackbar();
  const others = definition.stages.filter(({ key }) => key !== stage.key);
  const [target, setTarget] = useState(others[0]?.key ?? '');
  const edited = deleteStage(definition, stage.key, target);
  const { title } = stage;
  const confirm = (): void => {
    if (!edited.ok) return;
    change(edited.value);
    snackbar.info(t`${title} is removed.`, { label: t`Undo`, run: undo });
    onClose();
  };
  return (
    <ConfirmDialog
      open
      title={t`Remove the stage ${title}?`}
      action={t`Remove`}
      danger
      busy={!edited.ok}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>
        <Trans>
          Its rules stay in their places and give another stage instead, so no other stage changes.
        </Trans>
      </p>
      <SelectField
        label={t`Deals are then in`}
        value={target}
        options={others.map(({ key, title: label }) => ({ value: key, label }))}
        onChange={setTarget}
      />
      <FormProblem problem={edited.ok ? null : edited.refusal} />
    </ConfirmDialog>
  );
}
