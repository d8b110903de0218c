import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { AnswerQualificationDocument } from '../../generated/graphql.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Form } from '../../ui/form/form.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import type { Answered, CardSettings } from './qualification-cards.tsx';
import { useQualificationTexts } from './qualification-texts.ts';
import styles from './qualification.module.css';

type Grade = '' | '0' | '1' | '2';

interface QualificationDialogProps {
  readonly dealId: string;
  readonly settings: CardSettings;
  readonly answered: Answered | null;
  readonly onClose: () => void;
}

/** The questions of one score card. */
export function QualificationDialog({
  dealId,
  settings: { card, criteria },
  answered,
  onClose,
}: QualificationDialogProps) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const texts = useQualificationTexts();
  const [answer] = useMutation(AnswerQualificationDocument);
  const { problem, busy, run } = useAttempt();
  const asked = criteria.filter(({ weight }) => weight > 0);
  const [grades, setGrades] = useState<Readonly<Record<string, Grade>>>(() => gradesOf(answered));
  const options = [
    { value: '', label: t`Not known` },
    { value: '2', label: t`Yes` },
    { value: '1', label: t`Partly` },
    { value: '0', label: t`No` },
  ] as const;

  const submit = async (): Promise<void> => {
    const answers = Object.fromEntries(
      asked.flatMap(({ criterion }) => {
        const grade = grades[criterion] ?? '';
        return grade === '' ? [] : [[criterion, Number(grade)]];
      }),
    );
    const failed = await run(async () => {
      const version = answered === null ? {} : { version: answered.version };
      await answer({ variables: { id: dealId, card, answers, ...version } });
    });
    if (failed !== null) return;
    snackbar.success(t`Saved`);
    onClose();
  };

  return (
    <Dialog open title={texts.card[card]} onClose={onClose}>
      <Form problem={problem} onSubmit={submit}>
        {asked.map(({ criterion }) => (
          <SelectField
            key={criterion}
            label={texts.criterion(criterion)}
            value={grades[criterion] ?? ''}
            options={options}
            onChange={(grade) => setGrades({ ...grades, [criterion]: grade })}
          />
        ))}
        <div className={styles.actions}>
          <Button title={t`Cancel`} variant="secondary" onClick={onClose} />
          <Button type="submit" title={t`Save`} variant="primary" accent="blue" disabled={busy} />
        </div>
      </Form>
    </Dialog>
  );
}

function gradesOf(answered: Answered | null): Record<string, Grade> {
  const answers = answered?.answers;
  if (typeof answers !== 'object' || answers === null) return {};
  return Object.fromEntries(
    Object.entries(answers).map(([criterion, grade]) => [criterion, gradeOf(grade)]),
  );
}

function gradeOf(grade: unknown): Grade {
  switch (grade) {
    case 0:
      return '0';
    case 1:
      return '1';
    case 2:
      return '2';
    default:
      return '';
  }
}
