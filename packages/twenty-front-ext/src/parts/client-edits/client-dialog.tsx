import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from 'twenty-ui/input';
import { useSession } from '../../app/session/session-context.ts';
import type { EditableClientFragment } from '../../generated/graphql.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Form } from '../../ui/form/form.tsx';
import type { ClientDraft } from './client-draft.ts';
import { ClientFields } from './client-fields.tsx';
import { useClientForm } from './use-client-form.ts';
import type { ClientConflict } from './use-client-form.ts';
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
        {conflict !== null && <Disagreement conflict={conflict} mine={draft} />}
        <div className={styles.actions}>
          {conflict === null ? (
            <Button title={t`Cancel`} variant="secondary" onClick={onClose} />
          ) : (
            <Button title={t`Take theirs`} variant="secondary" onClick={form.takeTheirs} />
          )}
          <Button
            type="submit"
            title={conflict === null ? (client === null ? t`Create` : t`Save`) : t`Save mine`}
            variant="primary"
            accent="blue"
            disabled={busy || draft.name.trim() === ''}
          />
        </div>
      </Form>
    </Dialog>
  );
}

/** Both values of what two people have changed. */
function Disagreement({
  conflict,
  mine,
}: {
  readonly conflict: ClientConflict;
  readonly mine: ClientDraft;
}) {
  const { t } = useLingui();
  const texts = useClientTexts();
  return (
    <div role="alert">
      <p>
        <Trans>While you were editing, another person saved other values. Which shall stay?</Trans>
      </p>
      <table className={styles.values}>
        <thead>
          <tr>
            <th scope="col">{t`Field`}</th>
            <th scope="col">{t`Yours`}</th>
            <th scope="col">{t`Theirs`}</th>
          </tr>
        </thead>
        <tbody>
          {conflict.fields.map((field) => (
            <tr key={field}>
              <th scope="row">{texts.fields[field]}</th>
              <td>{texts.value(mine, field)}</td>
              <td>{texts.value(conflict.theirs, field)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
