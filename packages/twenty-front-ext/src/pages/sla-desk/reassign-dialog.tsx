import { useMutation } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { ReassignDealDocument, ReassignTaskDocument } from '../../generated/graphql.ts';
import type { DeskRunFragment } from '../../generated/graphql.ts';
import { PersonPicker } from '../../parts/people/person-picker.tsx';
import type { PersonChoice } from '../../parts/people/person-picker.tsx';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import styles from './sla-desk.module.css';

interface ReassignDialogProps {
  /** As it is now; it changes while the dialog is open when somebody else is faster. */
  readonly run: DeskRunFragment;
  readonly onDone: () => Promise<void>;
  readonly onClose: () => void;
}

/** Gives the open task of a breach to somebody else; without a task, the deal. */
export function ReassignDialog({ run, onDone, onClose }: ReassignDialogProps) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const [person, setPerson] = useState<PersonChoice | null>(null);
  const [reassignTask] = useMutation(ReassignTaskDocument);
  const [reassignDeal] = useMutation(ReassignDealDocument);
  const { problem, busy, run: attempt } = useAttempt();
  const { task, deal, timerTitle, timer } = run;
  const name = deal?.name ?? t`Deal without a name`;
  const now = run.personName ?? run.personId ?? t`nobody`;

  const submit = async (): Promise<void> => {
    if (person === null) return;
    const failed = await attempt(async () => {
      if (task !== null) {
        const { id, version } = task;
        await reassignTask({ variables: { id, version, assigneeId: person.id } });
      } else if (deal !== null) {
        const { id, version } = deal;
        await reassignDeal({ variables: { id, version, ownerId: person.id } });
      }
    });
    await onDone();
    if (failed !== null) return;
    snackbar.success(t`${person.name} has it now`);
    onClose();
  };
  return (
    <FormDialog
      title={t`Give to somebody else`}
      action={t`Give`}
      problem={problem}
      busy={busy}
      unfit={person === null || person.id === run.personId}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className={styles.wrap}>
        <strong>{name}</strong>, {timerTitle ?? timer}
      </p>
      <p className={styles.wrap}>
        {task === null ? (
          <Trans>The person gets the deal as its owner. It waits for {now} now.</Trans>
        ) : (
          <Trans>The person gets the task and is told. It waits for {now} now.</Trans>
        )}
      </p>
      <PersonPicker label={t`Person`} required value={person} onChange={setPerson} />
    </FormDialog>
  );
}
