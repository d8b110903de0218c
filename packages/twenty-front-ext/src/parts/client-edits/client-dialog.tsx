import { useLingui } from '@lingui/react/macro';
import { Button } from 'twenty-ui/input';
import { useSession } from '../../app/session/session-context.ts';
import type { EditableClientFragment } from '../../generated/graphql.ts';
import { ValuesConflict } from '../../ui/conflict/values-conflict.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Form } from '../../ui/form/form.tsx';
import { ClientFields } from './client-fields.tsx';
import { useClientForm } from './use-client-form.ts';
import { useClientTexts } from './use-client-texts.ts';
import styles from './client-edits.module.css';

interface ClientDialogProps {
  /** Null: a new one. */
  readonly client: EditableClientFragment | null;
  readonly onSaved: (client: EditableClientFragment) => void;
  readonly onClose: () => void;
}

/** Roles whose clients are always their own. */
const OUTSIDE: ReadonlySet<string> = new Set(['partner', 'franchisee']);

export function ClientDialog({ client, onSaved, onClose }: ClientDialogProps) {
  const { t } = useLingui();
  const { membership } = useSession();
  const form = useClientForm(client, onSaved);
  const texts = useClientTexts();
  const { draft, conflict, problem, busy } = form;
  return (
    <Dialog
      open
      size="medium"
      title={client === null ? t`New client` : t`Edit client`}
      onClose={onClose}
    >
      <Form problem={problem} onSubmit={form.save} takesFocus>
        <ClientFields
          value={draft}
          assignable={!OUTSIDE.has(membership.role)}
          onChange={form.change}
        />
        <div className={styles.actions}>
          <Button type="button" title={t`Cancel`} variant="secondary" onClick={onClose} />
          <Button
            type="submit"
            title={client === null ? t`Create` : t`Save`}
            variant="primary"
            accent="blue"
            disabled={busy || draft.name.trim() === ''}
          />
        </div>
      </Form>
      {conflict !== null && (
        <ValuesConflict
          rows={conflict.fields.map((field) => ({
            label: texts.fields[field],
            mine: texts.value(draft, field),
            theirs: texts.value(conflict.theirs, field),
          }))}
          onKeepMine={() => void form.save()}
          onTakeTheirs={form.takeTheirs}
        />
      )}
    </Dialog>
  );
}
