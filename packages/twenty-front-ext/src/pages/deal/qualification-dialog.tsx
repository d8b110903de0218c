import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import { changesOf } from '../../app/data/save-versioned.ts';
import { useVersionedSave } from '../../app/data/use-versioned-save.ts';
import { AnswerQualificationDocument, QualificationNowDocument } from '../../generated/graphql.ts';
import { ValuesConflict } from '../../ui/conflict/values-conflict.tsx';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { answersOf, gradesOf, gradeText } from './grades.ts';
import type { Graded } from './grades.ts';
import type { Answered, CardSettings } from './qualification-cards.tsx';
import { useQualificationTexts } from './qualification-texts.ts';

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
  const client = useApolloClient();
  const asked = criteria.flatMap(({ criterion, weight }) => (weight > 0 ? [criterion] : []));
  // As it was opened: the deal behind may change meanwhile.
  const [seen] = useState(() => gradesOf(asked, answered));
  const [grades, setGrades] = useState<Graded>(seen);
  const changes = changesOf(seen, grades);
  // All answers of a card are sent together: the others stay as they are now.
  const now = useRef(seen);
  const { problem, busy, conflict, save, keepMine, takeTheirs } = useVersionedSave<Graded>({
    read: async () => {
      const { data } = await client.query({
        query: QualificationNowDocument,
        variables: { id: dealId },
        fetchPolicy: 'network-only',
      });
      if (data === undefined) throw new Error('The answer has no data.');
      now.current = gradesOf(
        asked,
        data.deal.qualification.find((one) => one.card === card),
      );
      return now.current;
    },
    send: async (version, part) => {
      const answers = answersOf(asked, { ...now.current, ...part });
      await client.mutate({
        mutation: AnswerQualificationDocument,
        variables: { id: dealId, card, answers, version },
      });
      return { ...now.current, ...part };
    },
    onSaved: () => {
      snackbar.success(t`Saved`);
      onClose();
    },
  });
  const options = [
    { value: '', label: t`Not known` },
    { value: '2', label: t`Yes` },
    { value: '1', label: t`Partly` },
    { value: '0', label: t`No` },
  ] as const;
  const show = (grade: Graded[string] | undefined): string =>
    options.find(({ value }) => value === gradeText(grade))?.label ?? '';

  if (conflict !== null) {
    return (
      <ValuesConflict
        rows={conflict.fields.map((field) => ({
          label: texts.criterion(`${field}`),
          mine: show(conflict.changes[field]),
          theirs: show(conflict.now[field]),
        }))}
        onKeepMine={() => void keepMine()}
        onTakeTheirs={() => void takeTheirs()}
      />
    );
  }
  return (
    <FormDialog
      title={texts.card[card]}
      action={t`Save`}
      problem={problem}
      busy={busy}
      onSubmit={() => save(seen, changes)}
      onClose={onClose}
    >
      {asked.map((criterion) => (
        <SelectField
          key={criterion}
          label={texts.criterion(criterion)}
          value={gradeText(grades[criterion])}
          options={options}
          onChange={(grade) => setGrades({ ...grades, [criterion]: grade })}
        />
      ))}
    </FormDialog>
  );
}
