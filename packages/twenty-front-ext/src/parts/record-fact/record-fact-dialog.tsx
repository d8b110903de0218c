import { useMutation } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { Button } from 'twenty-ui/input';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import { RecordFactDocument } from '../../generated/graphql.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { FormProblem } from '../../ui/form/form-problem.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { TextArea } from '../../ui/form/text-area.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { useClock } from '../../ui/clock/clock.tsx';
import type { FactChoice } from './fact-choices.ts';
import styles from './record-fact.module.css';
import { useFactText } from './use-fact-text.ts';

/** A fact that the server has taken in. */
export interface RecordedFact {
  readonly dealId: string;
  readonly choice: FactChoice;
  readonly eventId: string;
  /** When it happened, in milliseconds. */
  readonly at: number;
}

interface RecordFactDialogProps {
  readonly deal: { readonly id: string; readonly name: string };
  readonly title: string;
  /** Facts to choose from; at least one. */
  readonly choices: readonly FactChoice[];
  readonly onClose: () => void;
  readonly onRecorded: (recorded: RecordedFact) => void;
}

/** The short form by which a person says what has happened. The stage follows from it. */
export function RecordFactDialog({
  deal,
  title,
  choices,
  onClose,
  onRecorded,
}: RecordFactDialogProps) {
  const { t } = useLingui();
  const clock = useClock();
  const textOf = useFactText();
  const mayDate = useMay('events:write');
  const [record, { loading }] = useMutation(RecordFactDocument);
  // One id for all attempts: sending the form twice records the fact once.
  const [eventId] = useState(() => crypto.randomUUID());
  const [chosen, setChosen] = useState('0');
  const [when, setWhen] = useState('');
  const [comment, setComment] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const choice = choices[Number(chosen)];

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (choice === undefined) return;
    setProblem(null);
    const at = when === '' ? clock.now() : new Date(when).getTime();
    try {
      await record({
        variables: {
          id: deal.id,
          fact: {
            eventId,
            type: choice.type,
            data: choice.data,
            ...(comment.trim() === '' ? {} : { comment: comment.trim() }),
            ...(mayDate ? { occurredAt: new Date(at).toISOString() } : {}),
          },
        },
      });
      onRecorded({ dealId: deal.id, choice, eventId, at });
    } catch (error) {
      setProblem(problemOf(error));
    }
  };

  return (
    <Dialog open title={title} description={deal.name} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <FormProblem problem={problem} />
        {choices.length > 1 ? (
          <SelectField
            label={t`What has happened`}
            value={chosen}
            options={choices.map((one, index) => ({ value: String(index), label: textOf(one) }))}
            onChange={setChosen}
          />
        ) : (
          choice !== undefined && <p className={styles.fact}>{textOf(choice)}</p>
        )}
        {choice !== undefined && choice.ends !== null && (
          <p className={styles.warning}>
            <Trans>The deal ends with this. It can be opened again later.</Trans>
          </p>
        )}
        {mayDate && (
          <TextField
            label={t`When`}
            type="datetime-local"
            value={when}
            onChange={setWhen}
            hint={t`Left empty: now. The time is that of your device.`}
          />
        )}
        <TextArea label={t`Comment`} value={comment} onChange={setComment} maxLength={2_000} />
        <div className={styles.actions}>
          <Button type="button" title={t`Cancel`} variant="secondary" onClick={onClose} />
          <Button
            type="submit"
            title={t`Record`}
            variant="primary"
            accent="blue"
            disabled={loading || choice === undefined}
          />
        </div>
      </form>
    </Dialog>
  );
}
