import { useApolloClient, useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { useIsCompany } from '../../app/shell/is-company.ts';
import { useTenant } from '../../app/shell/tenant.tsx';
import { CheckLeadDocument, CreateLeadDocument } from '../../generated/graphql.ts';
import type { LeadRulesFragment } from '../../generated/graphql.ts';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
import { readMoney } from '../../ui/format/money-text.ts';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { DuplicateWarning } from './duplicate-warning.tsx';
import { LeadFields } from './lead-fields.tsx';
import { checkInput, createInput, fateOf, namesSomebody, NEW_LEAD } from './new-lead-draft.ts';
import type { LeadDraft, Notice } from './new-lead-draft.ts';

interface NewLeadDialogProps {
  readonly rules: LeadRulesFragment;
  readonly onClose: () => void;
  readonly onEntered: () => void;
}

/** Enters a lead. Before it does, it asks whether there is such a lead, and the person decides. */
export function NewLeadDialog({ rules, onClose, onEntered }: NewLeadDialogProps) {
  const { t } = useLingui();
  const { currency } = useTenant();
  const isCompany = useIsCompany();
  const [draft, setDraft] = useState(NEW_LEAD);
  const [notice, setNotice] = useState<Notice | null>(null);
  const { problem, busy, run } = useAttempt();
  const ask = useApolloClient();
  const enter = useEnter(onEntered, onClose);
  const fate = notice === null ? 'new' : fateOf(notice, rules);
  const { amount, consented, evidence } = draft;
  const unfit =
    !namesSomebody(draft) ||
    (!isCompany && draft.source === '') ||
    (amount.trim() !== '' && readMoney(amount, currency) === null) ||
    (consented && evidence.trim() === '');

  /** What was found holds for these names and numbers only. */
  const change = (next: LeadDraft): void => {
    const asked = JSON.stringify(checkInput(draft));
    if (JSON.stringify(checkInput(next)) !== asked) setNotice(null);
    setDraft(next);
  };
  const submit = async (): Promise<void> => {
    await run(async () => {
      if (notice === null) {
        const { data } = await ask.query({
          query: CheckLeadDocument,
          variables: { input: checkInput(draft) },
          fetchPolicy: 'no-cache',
        });
        if (data === undefined) throw new Error('The answer has no data.');
        const found = data.checkLeadDuplicate;
        setNotice(found);
        if (fateOf(found, rules) !== 'new') return;
      }
      await enter(createInput(draft, currency));
    });
  };
  const actions = { new: t`Create`, warn: t`Enter anyway`, merge: t`Merge`, block: t`Create` };
  return (
    <FormDialog
      size="medium"
      title={t`New lead`}
      action={actions[fate]}
      problem={problem}
      busy={busy}
      unfit={unfit || fate === 'block'}
      onSubmit={submit}
      onClose={onClose}
    >
      <LeadFields value={draft} rules={rules} onChange={change} />
      {fate !== 'new' && notice !== null && <DuplicateWarning fate={fate} notice={notice} />}
    </FormDialog>
  );
}

/** Enters the lead, says what became of it, and shows it where it may be seen. */
function useEnter(onEntered: () => void, onClose: () => void) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const snackbar = useSnackbar();
  const [create] = useMutation(CreateLeadDocument);
  return async (input: ReturnType<typeof createInput>): Promise<void> => {
    const { data } = await create({ variables: { input } });
    if (data === undefined || data === null) throw new Error('The answer has no data.');
    const { result, lead } = data.createLead;
    onEntered();
    if (result === 'created') snackbar.success(t`The lead is entered`);
    else if (lead === null)
      snackbar.success(t`There was such a lead. What you entered was added to it.`);
    else snackbar.success(t`There was such a lead. It has what you entered now.`);
    if (lead === null) onClose();
    else navigate(`/leads/${lead.id}`);
  };
}
