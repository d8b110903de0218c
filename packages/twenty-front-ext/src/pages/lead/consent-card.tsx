import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { RecordLeadConsentDocument } from '../../generated/graphql.ts';
import type { LeadConsent, LeadDetailFragment } from '../../generated/graphql.ts';
import { Card } from '../../ui/card/card.tsx';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { useAnswerTexts } from '../../parts/leads/use-answer-texts.ts';
import { useMayChange } from './use-may-change.ts';
import styles from './lead-page.module.css';

/** What the person said about the processing of personal data. */
export function ConsentCard({ lead }: { readonly lead: LeadDetailFragment }) {
  const { t } = useLingui();
  const format = useFormat();
  const answers = useAnswerTexts();
  const [asking, setAsking] = useState(false);
  const mayChange = useMayChange(lead);
  const { id, consent, consentAt } = lead;
  return (
    <Card
      title={t`Consent`}
      action={
        mayChange && (
          <Button
            title={t`Record an answer`}
            variant="secondary"
            size="small"
            onClick={() => setAsking(true)}
          />
        )
      }
    >
      <p>
        {consent === null ? t`Nobody has asked the person yet.` : answers[consent]}
        {consentAt !== null && (
          <span className={styles.quiet}> · {format.dateTime(consentAt)}</span>
        )}
      </p>
      {asking && <ConsentDialog id={id} onClose={() => setAsking(false)} />}
    </Card>
  );
}

function ConsentDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { t } = useLingui();
  const answers = useAnswerTexts();
  const [answer, setAnswer] = useState<LeadConsent>('given');
  const [evidence, setEvidence] = useState('');
  const [record] = useMutation(RecordLeadConsentDocument);
  const { problem, busy, run } = useAttempt();
  const submit = async (): Promise<void> => {
    const input = { answer, evidence: evidence.trim() };
    const failed = await run(async () => {
      await record({ variables: { id, input } });
    });
    if (failed === null) onClose();
  };
  const options = (['given', 'refused', 'withdrawn'] as const).map((value) => ({
    value,
    label: answers[value],
  }));
  return (
    <FormDialog
      title={t`Consent to the processing of personal data`}
      action={t`Record`}
      problem={problem}
      busy={busy}
      unfit={evidence.trim() === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <SelectField label={t`Answer`} value={answer} options={options} onChange={setAnswer} />
      <TextField
        label={t`Where it stands`}
        hint={t`For example a form, its version, or a call.`}
        required
        maxLength={200}
        value={evidence}
        onChange={setEvidence}
      />
    </FormDialog>
  );
}
