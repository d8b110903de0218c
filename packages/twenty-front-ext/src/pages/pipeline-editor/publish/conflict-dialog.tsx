import { Trans, useLingui } from '@lingui/react/macro';
import type { PipelineDefinition } from 'twenty-mak-domain';
import { Button } from 'twenty-ui/input';
import { Dialog } from '../../../ui/dialog/dialog.tsx';
import { DiffList } from '../versions/diff-list.tsx';
import styles from './publish.module.css';

interface ConflictDialogProps {
  /** What both began with. */
  readonly base: PipelineDefinition;
  readonly theirs: PipelineDefinition;
  readonly mine: PipelineDefinition;
  readonly busy: boolean;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
  readonly onClose: () => void;
}

/** Somebody else saved meanwhile: both changes are shown, and the person chooses. */
export function ConflictDialog({
  base,
  theirs,
  mine,
  busy,
  onKeepMine,
  onTakeTheirs,
  onClose,
}: ConflictDialogProps) {
  const { t } = useLingui();
  return (
    <Dialog
      open
      size="large"
      title={t`Somebody else changed this pipeline`}
      description={t`Nothing is lost: choose which one holds. If you take theirs, Undo brings yours back.`}
      onClose={onClose}
    >
      <div className={styles.form}>
        <h3>
          <Trans>What they changed</Trans>
        </h3>
        <DiffList before={base} after={theirs} empty={t`Nothing changes.`} />
        <h3>
          <Trans>What you changed</Trans>
        </h3>
        <DiffList before={base} after={mine} empty={t`Nothing changes.`} />
        <div className={styles.actions}>
          <Button title={t`Go on editing`} variant="secondary" onClick={onClose} />
          <Button
            title={t`Take theirs`}
            variant="secondary"
            disabled={busy}
            onClick={onTakeTheirs}
          />
          <Button
            title={t`Save mine over it`}
            variant="primary"
            accent="blue"
            disabled={busy}
            onClick={onKeepMine}
          />
        </div>
      </div>
    </Dialog>
  );
}
