import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import type { LeadDetailFragment } from '../../generated/graphql.ts';
import type { LeadWords } from '../../parts/leads/use-lead-words.ts';
import { ValuesConflict } from '../../ui/conflict/values-conflict.tsx';
import { Form } from '../../ui/form/form.tsx';
import { FieldInput } from './field-input.tsx';
import { isReadable } from './lead-values.ts';
import type { LeadField } from './lead-values.ts';
import { useFieldTexts } from './use-field-texts.ts';
import { useLeadEdit } from './use-lead.ts';
import styles from './lead-page.module.css';

interface FieldEditorProps {
  readonly lead: LeadDetailFragment;
  readonly field: LeadField;
  readonly words: LeadWords;
  readonly onClose: () => void;
}

/** A small form in place of a value: Enter saves, Escape does not. What was typed stays until the server has it. */
export function FieldEditor({ lead, field, words, onClose }: FieldEditorProps) {
  const { t } = useLingui();
  const { names, show } = useFieldTexts(words);
  const edit = useLeadEdit(lead, field, onClose);
  const { conflict, before, currency } = edit;
  const [values, setValues] = useState(before);
  const readable = isReadable(field, values, currency);
  const label = field === 'amount' ? `${names.amount}, ${currency}` : names[field];
  const wrong = field === 'score' ? t`Type a number from 0 to 100.` : t`Type an amount, e.g. 1500.`;
  return (
    <div
      role="presentation"
      className={styles.editor}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && conflict === null) onClose();
      }}
    >
      <Form problem={edit.problem} onSubmit={() => edit.save(values)} takesFocus>
        <FieldInput
          field={field}
          label={label}
          words={words}
          values={values}
          wrong={readable ? null : wrong}
          onChange={setValues}
        />
        <div className={styles.buttons}>
          <Button
            type="submit"
            title={t`Save`}
            variant="primary"
            accent="blue"
            size="small"
            disabled={edit.busy || !readable}
          />
          <Button
            type="button"
            title={t`Cancel`}
            variant="secondary"
            size="small"
            onClick={onClose}
          />
        </div>
      </Form>
      {conflict !== null && (
        <ValuesConflict
          rows={[
            {
              label: names[field],
              mine: show(field, values) || t`empty`,
              theirs: show(field, conflict.now) || t`empty`,
            },
          ]}
          onKeepMine={() => void edit.keepMine()}
          onTakeTheirs={() => void edit.takeTheirs()}
        />
      )}
    </div>
  );
}
