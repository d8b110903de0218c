import { useMutation } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import {
  IconArchive,
  IconArrowBackUp,
  IconDotsVertical,
  IconFlagOff,
  IconPlus,
} from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { problemOf } from '../../app/data/problem.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import { ReopenDealDocument, SetDealArchivedDocument } from '../../generated/graphql.ts';
import type { DealDetailFragment } from '../../generated/graphql.ts';
import type { PipelineRules } from '../../parts/pipelines/moves.ts';
import type { FactChoice } from '../../parts/record-fact/fact-choices.ts';
import { RecordFactDialog } from '../../parts/record-fact/record-fact-dialog.tsx';
import { useFactUndo } from '../../parts/record-fact/use-fact-undo.ts';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.tsx';
import { Menu, MenuItem } from '../../ui/menu/menu.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';
import { useDealFacts } from './use-deal-facts.ts';
import type { DealFacts } from './use-deal-facts.ts';
import styles from './deal-actions.module.css';

interface DealActionsProps {
  readonly deal: DealDetailFragment;
  readonly rules: PipelineRules | null;
  /** Nothing of the deal can be changed. */
  readonly fixed: boolean;
  readonly onChanged: () => void;
}

type Open = 'record' | 'end' | 'archive' | 'reopen' | null;

/** What can be done with a deal as a whole; what takes it out of sight or ends it is asked for again. */
export function DealActions({ deal, rules, fixed, onChanged }: DealActionsProps) {
  const { t } = useLingui();
  const [open, setOpen] = useState<Open>(null);
  const facts = useDealFacts(deal, rules);
  const mayWrite = useMay('deals:write');
  const close = (): void => setOpen(null);
  if (fixed || !mayWrite) return null;
  const { archivedAt } = deal;
  return (
    <>
      {facts.progress.length > 0 && (
        <Button
          Icon={IconPlus}
          title={t`Record a fact`}
          variant="secondary"
          size="small"
          onClick={() => setOpen('record')}
        />
      )}
      <Menu
        align="end"
        trigger={
          <button type="button" className={styles.more} aria-label={t`More actions`}>
            <IconDotsVertical size={16} aria-hidden />
          </button>
        }
      >
        {facts.endings.length > 0 && (
          <MenuItem Icon={IconFlagOff} danger onSelect={() => setOpen('end')}>
            {t`End the deal`}
          </MenuItem>
        )}
        {facts.ended && (
          <MenuItem Icon={IconArrowBackUp} onSelect={() => setOpen('reopen')}>
            {t`Open again`}
          </MenuItem>
        )}
        <MenuItem
          Icon={IconArchive}
          disabled={archivedAt !== null}
          onSelect={() => setOpen('archive')}
        >
          {t`Archive`}
        </MenuItem>
      </Menu>
      <Recording
        deal={deal}
        title={open === 'end' ? t`End the deal` : t`Record a fact`}
        choices={open === 'end' ? facts.endings : open === 'record' ? facts.progress : null}
        undoOf={facts.undoOf}
        onClose={close}
        onChanged={onChanged}
      />
      <ArchiveDialog deal={deal} open={open === 'archive'} onClose={close} />
      <ReopenDialog deal={deal} open={open === 'reopen'} onClose={close} />
    </>
  );
}

function Recording({
  deal,
  title,
  choices,
  undoOf,
  onClose,
  onChanged,
}: {
  readonly deal: DealDetailFragment;
  readonly title: string;
  readonly choices: readonly FactChoice[] | null;
  readonly undoOf: DealFacts['undoOf'];
  readonly onClose: () => void;
  readonly onChanged: () => void;
}) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const undoFor = useFactUndo();
  if (choices === null) return null;
  return (
    <RecordFactDialog
      deal={{ id: deal.id, name: deal.name ?? t`Deal without a name` }}
      title={title}
      choices={choices}
      onClose={onClose}
      onRecorded={(recorded) => {
        const hint = undoOf(recorded.choice.effects);
        onClose();
        onChanged();
        snackbar.success(t`Recorded`, undoFor(recorded, hint, onChanged));
      }}
    />
  );
}

interface DealDialogProps {
  readonly deal: DealDetailFragment;
  readonly open: boolean;
  readonly onClose: () => void;
}

function ArchiveDialog({ deal: { id, version }, open, onClose }: DealDialogProps) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const textOf = useProblemText();
  const [setArchived, { loading }] = useMutation(SetDealArchivedDocument);
  const failed = (error: unknown): void => snackbar.error(textOf(problemOf(error)));
  const restore = (current: number): void => {
    setArchived({ variables: { id, version: current, archived: false } }).catch(failed);
  };
  const archive = (): void => {
    setArchived({ variables: { id, version, archived: true } })
      .then(({ data }) => {
        onClose();
        const current = data?.archiveDeal.version ?? version;
        snackbar.success(t`Archived`, { label: t`Undo`, run: () => restore(current) });
      })
      .catch(failed);
  };
  return (
    <ConfirmDialog
      open={open}
      title={t`Archive this deal?`}
      action={t`Archive`}
      busy={loading}
      onConfirm={archive}
      onClose={onClose}
    >
      <p>
        <Trans>
          Boards and figures leave it out. Its history stays, and it can be restored at any time.
        </Trans>
      </p>
    </ConfirmDialog>
  );
}

function ReopenDialog({ deal: { id, version }, open, onClose }: DealDialogProps) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const textOf = useProblemText();
  const [reopen, { loading }] = useMutation(ReopenDealDocument);
  const confirm = (): void => {
    reopen({ variables: { id, version } }).then(
      () => {
        onClose();
        snackbar.success(t`The deal is open again`);
      },
      (error: unknown) => snackbar.error(textOf(problemOf(error))),
    );
  };
  return (
    <ConfirmDialog
      open={open}
      title={t`Open this deal again?`}
      action={t`Open again`}
      busy={loading}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>
        <Trans>
          Its stage is computed from the gates that held when it ended, and its clocks start anew.
        </Trans>
      </p>
    </ConfirmDialog>
  );
}
