import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { AddDealNoteDocument } from '../../generated/graphql.ts';
import { Form } from '../../ui/form/form.tsx';
import { TextArea } from '../../ui/form/text-area.tsx';
import styles from './timeline.module.css';

/** Longest note that the server takes. */
const LONGEST = 10_000;

/** The text stays until the server has it. */
export function NoteForm({ id, onAdded }: { readonly id: string; readonly onAdded: () => void }) {
  const { t } = useLingui();
  const [text, setText] = useState('');
  const [add] = useMutation(AddDealNoteDocument);
  const { problem, busy, run } = useAttempt();
  const submit = async (): Promise<void> => {
    const written = text.trim();
    if (written === '') return;
    const failed = await run(async () => {
      await add({ variables: { id, text: written } });
    });
    if (failed !== null) return;
    setText('');
    onAdded();
  };
  return (
    <Form problem={problem} onSubmit={submit}>
      <TextArea
        label={t`Note`}
        labelHidden
        placeholder={t`Write a note for everybody who works on this deal`}
        rows={2}
        maxLength={LONGEST}
        value={text}
        onChange={setText}
      />
      {text.trim() !== '' && (
        <div className={styles.send}>
          <Button
            type="submit"
            title={t`Add note`}
            variant="primary"
            accent="blue"
            size="small"
            disabled={busy}
          />
        </div>
      )}
    </Form>
  );
}
