import { Trans, useLingui } from '@lingui/react/macro';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { useAttempt } from '../../app/data/use-attempt.ts';
import type { ContactDetailFragment } from '../../generated/graphql.ts';
import { FormDialog } from '../../ui/dialog/form-dialog.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { draftOf, isSomebody, NEW_CONTACT } from './contact-draft.ts';
import type { ContactDraft } from './contact-draft.ts';
import styles from './contacts.module.css';

type Contact = ContactDetailFragment;

interface ContactDialogProps {
  /** Null: a new one. */
  readonly contact: Contact | null;
  readonly onSave: (contact: Contact | null, draft: ContactDraft) => Promise<Contact | null>;
  readonly onClose: () => void;
}

/** One person at the client. When somebody else was faster both values are seen, and saving again keeps these. */
export function ContactDialog({ contact, onSave, onClose }: ContactDialogProps) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const [before, setBefore] = useState(contact);
  const [draft, setDraft] = useState(contact === null ? NEW_CONTACT : draftOf(contact));
  const [theirs, setTheirs] = useState<Contact | null>(null);
  const { problem, busy, run } = useAttempt();
  const set = (change: Partial<ContactDraft>): void => setDraft({ ...draft, ...change });

  const submit = async (): Promise<void> => {
    let changed: Contact | null = null;
    const failed = await run(async () => {
      changed = await onSave(before, draft);
    });
    if (failed !== null) return;
    setTheirs(changed);
    if (changed !== null) {
      setBefore(changed);
      return;
    }
    snackbar.success(t`Saved`);
    onClose();
  };
  return (
    <FormDialog
      title={contact === null ? t`New contact` : t`Edit contact`}
      action={theirs === null ? t`Save` : t`Save mine`}
      problem={problem}
      busy={busy}
      unfit={!isSomebody(draft)}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t({ message: 'Name', context: 'of a person' })}
        maxLength={200}
        value={draft.name}
        onChange={(name) => set({ name })}
      />
      <TextField
        label={t`Position`}
        maxLength={100}
        value={draft.position}
        onChange={(position) => set({ position })}
      />
      <TextField
        label={t`E-mail address`}
        type="email"
        maxLength={254}
        value={draft.email}
        onChange={(email) => set({ email })}
      />
      <TextField
        label={t`Phone`}
        type="tel"
        maxLength={50}
        value={draft.phone}
        onChange={(phone) => set({ phone })}
      />
      <Messengers value={draft.messengers} onChange={(messengers) => set({ messengers })} />
      {theirs !== null && <Theirs contact={theirs} />}
    </FormDialog>
  );
}

function Theirs({ contact }: { readonly contact: Contact }) {
  const { name, position, email, phone, messengers } = contact;
  const values = [
    name,
    position,
    email,
    phone,
    ...messengers.map(({ kind, address }) => `${kind}: ${address}`),
  ];
  return (
    <p role="alert">
      <Trans>
        Somebody else has just saved: {values.filter((value) => value !== null).join(', ')}. Save
        yours, or cancel to keep theirs.
      </Trans>
    </p>
  );
}

function Messengers({
  value,
  onChange,
}: {
  readonly value: ContactDraft['messengers'];
  readonly onChange: (value: ContactDraft['messengers']) => void;
}) {
  const { t } = useLingui();
  return (
    <>
      {value.map((one, index) => (
        <div key={index} className={styles.messenger}>
          <TextField
            label={t`Messenger`}
            placeholder="telegram"
            maxLength={100}
            value={one.kind}
            onChange={(kind) => onChange(value.with(index, { ...one, kind }))}
          />
          <TextField
            label={t`Address there`}
            maxLength={200}
            value={one.address}
            onChange={(address) => onChange(value.with(index, { ...one, address }))}
          />
          <Button
            type="button"
            Icon={IconTrash}
            variant="tertiary"
            ariaLabel={t`Remove this messenger`}
            onClick={() => onChange(value.toSpliced(index, 1))}
          />
        </div>
      ))}
      {value.length < MOST_MESSENGERS && (
        <div>
          <Button
            type="button"
            Icon={IconPlus}
            title={t`Add a messenger`}
            variant="tertiary"
            size="small"
            onClick={() => onChange([...value, { kind: '', address: '' }])}
          />
        </div>
      )}
    </>
  );
}

/** As many as the server takes. */
const MOST_MESSENGERS = 10;
