import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { IconTransform } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import { ConvertLeadDocument } from '../../generated/graphql.ts';
import type { LeadDetailFragment } from '../../generated/graphql.ts';
import { usePipelines } from '../../parts/pipelines/use-pipelines.ts';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useMayChange } from './use-may-change.ts';

/** Kinds that end a lead, or belong to somebody else for now. */
const NOT_NOW: ReadonlySet<string> = new Set(['auction', 'converted', 'rejected']);

/** Makes a deal of the lead, in a pipeline that the person chooses. */
export function ConvertButton({ lead }: { readonly lead: LeadDetailFragment }) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const [mayChange, mayDeal] = [useMayChange(lead), useMay('deals:write')];
  if (!mayChange || !mayDeal || NOT_NOW.has(lead.kind)) return null;
  return (
    <>
      <Button
        Icon={IconTransform}
        title={t`Convert`}
        variant="secondary"
        size="small"
        onClick={() => setOpen(true)}
      />
      {open && <ConvertDialog lead={lead} onClose={() => setOpen(false)} />}
    </>
  );
}

interface ConvertDialogProps {
  readonly lead: LeadDetailFragment;
  readonly onClose: () => void;
}

function ConvertDialog({ lead, onClose }: ConvertDialogProps) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const { pipelines, problem: unread } = usePipelines();
  const [chosen, setChosen] = useState<string | null>(null);
  const [name, setName] = useState(lead.title ?? '');
  const [convert] = useMutation(ConvertLeadDocument);
  const { problem, busy, run } = useAttempt();
  const pipeline = chosen ?? pipelines?.[0]?.key ?? '';
  const submit = async (): Promise<void> => {
    const input = { name: name.trim(), pipeline, version: lead.version };
    const failed = await run(async () => {
      await convert({ variables: { id: lead.id, input } });
    });
    if (failed !== null) return;
    onClose();
    snackbar.success(t`The lead has become a deal`);
  };
  return (
    <FormDialog
      title={t`Convert into a deal`}
      action={t`Convert`}
      problem={problem ?? unread}
      busy={busy}
      unfit={pipeline === '' || name.trim() === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t`Name of the deal`}
        hint={t`Everybody who sees the deal sees it.`}
        required
        maxLength={500}
        value={name}
        onChange={setName}
      />
      <SelectField
        label={t`Pipeline`}
        value={pipeline}
        options={(pipelines ?? []).map(({ key, title }) => ({ value: key, label: title }))}
        onChange={setChosen}
      />
    </FormDialog>
  );
}
