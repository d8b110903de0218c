import { useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { CreateViewDocument, SavedViewsDocument } from '../../generated/graphql.ts';
import type { ViewKind } from '../../generated/graphql.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { CheckboxField } from '../../ui/form/checkbox-field.tsx';
import { Form } from '../../ui/form/form.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import styles from './saved-views.module.css';

interface NewViewDialogProps {
  readonly kind: ViewKind;
  readonly pipeline: string;
  readonly definition: Record<string, unknown>;
  readonly onSaved: (id: string) => void;
  readonly onClose: () => void;
}

export function NewViewDialog({
  kind,
  pipeline,
  definition,
  onSaved,
  onClose,
}: NewViewDialogProps) {
  const { t } = useLingui();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const { problem, busy, run } = useAttempt();
  const [create] = useMutation(CreateViewDocument, {
    refetchQueries: [{ query: SavedViewsDocument, variables: { kind } }],
    awaitRefetchQueries: true,
  });
  const submit = async (): Promise<void> => {
    await run(async () => {
      const input = { kind, pipeline, definition, name: name.trim(), shared };
      const { data } = await create({ variables: { input } });
      if (data !== undefined && data !== null) onSaved(data.createView.id);
    });
  };
  return (
    <Dialog
      open
      title={t`Save as a new view`}
      description={t`A view keeps the filters, the order and the columns.`}
      onClose={onClose}
    >
      <Form problem={problem} onSubmit={submit} takesFocus>
        <TextField label={t`Name`} value={name} onChange={setName} maxLength={100} required />
        <CheckboxField
          label={t`Everybody in the company sees it`}
          checked={shared}
          onChange={setShared}
        />
        <div className={styles.actions}>
          <Button type="button" title={t`Cancel`} variant="secondary" onClick={onClose} />
          <Button
            type="submit"
            title={t`Save`}
            variant="primary"
            accent="blue"
            disabled={busy || name.trim() === ''}
          />
        </div>
      </Form>
    </Dialog>
  );
}
