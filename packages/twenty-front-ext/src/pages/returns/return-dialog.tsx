import { useMutation, useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useAttempt } from '../../app/data/use-attempt.ts';
import {
  AuctionRulesDocument,
  RequestReturnDocument,
  WonLeadsDocument,
} from '../../generated/graphql.ts';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { TextArea } from '../../ui/form/text-area.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useWindow } from './use-window.ts';
import type { WonLead } from './won-list.tsx';

interface ReturnDialogProps {
  readonly won: WonLead;
  readonly onClose: () => void;
}

/** Asks to give a lead back; an arbiter decides. */
export function ReturnDialog({ won, onClose }: ReturnDialogProps) {
  const { t } = useLingui();
  const { money } = useFormat();
  const snackbar = useSnackbar();
  const { problem, busy, run } = useAttempt();
  const { data } = useQuery(AuctionRulesDocument);
  const [request] = useMutation(RequestReturnDocument, { refetchQueries: [WonLeadsDocument] });
  const [chosen, setChosen] = useState<string | null>(null);
  const [comment, setComment] = useState('');
  const { text } = useWindow(won.returnUntil);
  const reasons = data?.auctionRules.returnReasons ?? [];
  const reason = chosen ?? reasons[0]?.key ?? '';
  const { leadId } = won.lead;

  const submit = async (): Promise<void> => {
    if (leadId === null) return;
    const input = { lotId: won.lotId, leadId, reason, comment: comment.trim() };
    const refused = await run(async () => void (await request({ variables: { input } })));
    if (refused !== null) return;
    snackbar.success(t`The return waits for a decision.`);
    onClose();
  };
  return (
    <FormDialog
      title={t`Return this lead?`}
      description={t`${text}. If the return is accepted, you get ${money(won.price, won.currency)} back and no longer see the lead.`}
      action={t`Ask for the return`}
      problem={problem}
      busy={busy}
      unfit={reason === '' || comment.trim() === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <SelectField
        label={t`Reason`}
        value={reason}
        options={reasons.map(({ key, title }) => ({ value: key, label: title }))}
        onChange={setChosen}
      />
      <TextArea
        label={t`What is wrong with it`}
        required
        maxLength={2_000}
        value={comment}
        onChange={setComment}
      />
    </FormDialog>
  );
}
