import { Trans, useLingui } from '@lingui/react/macro';
import { IconLock, IconPencil, IconPlus, IconTrash, IconUserOff } from '@tabler/icons-react';
import { useState } from 'react';
import { Button, IconButton } from 'twenty-ui/input';
import { useMay } from '../../app/shell/tenant.tsx';
import type { ContactDetailFragment } from '../../generated/graphql.ts';
import { Card } from '../../ui/card/card.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import { ContactDialog } from './contact-dialog.tsx';
import { RemoveContactDialog } from './remove-contact-dialog.tsx';
import { useContacts } from './use-contacts.ts';
import styles from './contacts.module.css';

type Contact = ContactDetailFragment;
type Open =
  | { readonly kind: 'edit'; readonly contact: Contact | null }
  | { readonly kind: 'remove'; readonly contact: Contact }
  | null;

/** People at the client, the main one first. */
export function ContactsCard({
  id,
  onChanged,
}: {
  readonly id: string;
  readonly onChanged: () => void;
}) {
  const { t } = useLingui();
  const { contacts, problem, retry, save } = useContacts(id, onChanged);
  const [open, setOpen] = useState<Open>(null);
  const mayWrite = useMay('deals:write');
  const close = (): void => setOpen(null);
  return (
    <Card
      title={t`Contacts`}
      action={
        mayWrite &&
        contacts !== null && (
          <Button
            Icon={IconPlus}
            title={t`Add`}
            ariaLabel={t`Add a contact`}
            variant="secondary"
            size="small"
            onClick={() => setOpen({ kind: 'edit', contact: null })}
          />
        )
      }
    >
      {content()}
      {open?.kind === 'edit' && (
        <ContactDialog contact={open.contact} onSave={save} onClose={close} />
      )}
      {open?.kind === 'remove' && (
        <RemoveContactDialog contact={open.contact} onSave={save} onClose={close} />
      )}
    </Card>
  );

  function content() {
    if (problem !== null) return <ErrorState problem={problem} onRetry={retry} />;
    if (contacts === null) return <Skeleton height={96} />;
    if (contacts.length === 0)
      return (
        <p className={styles.quiet}>
          <Trans>No contacts yet.</Trans>
        </p>
      );
    return (
      <>
        <ul className={styles.contacts}>
          {contacts.map((contact) => (
            <ContactItem
              key={contact.id}
              contact={contact}
              editable={mayWrite && contact.state === 'open'}
              onEdit={() => setOpen({ kind: 'edit', contact })}
              onRemove={() => setOpen({ kind: 'remove', contact })}
            />
          ))}
        </ul>
        {contacts.some(({ state }) => state === 'open') && (
          <p className={styles.quiet}>
            <Trans>Who looks at contacts is written to the audit log.</Trans>
          </p>
        )}
      </>
    );
  }
}

function ContactItem({
  contact,
  editable,
  onEdit,
  onRemove,
}: {
  readonly contact: Contact;
  readonly editable: boolean;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}) {
  const { t } = useLingui();
  const { state, position, email, phone, messengers } = contact;
  const name = contact.name ?? email ?? phone ?? messengers[0]?.address ?? t`Somebody`;
  return (
    <li className={styles.contact}>
      <div className={styles.who}>
        {state === 'open' && <span className={styles.name}>{name}</span>}
        {state === 'hidden' && (
          <span className={styles.masked}>
            <IconLock size={14} aria-hidden />
            <Trans>Your role does not show contacts</Trans>
          </span>
        )}
        {state === 'erased' && (
          <span className={styles.masked}>
            <IconUserOff size={14} aria-hidden />
            <Trans>Erased: nobody can read it any more</Trans>
          </span>
        )}
        {position !== null && <span className={styles.quiet}>{position}</span>}
        <span className={styles.ways}>
          {email !== null && <a href={`mailto:${encodeURIComponent(email)}`}>{email}</a>}
          {phone !== null && <a href={`tel:${encodeURIComponent(phone)}`}>{phone}</a>}
          {messengers.map(({ kind, address }) => (
            <span key={`${kind} ${address}`}>
              {kind}: {address}
            </span>
          ))}
        </span>
      </div>
      {editable && (
        <div className={styles.buttons}>
          <IconButton
            Icon={IconPencil}
            variant="tertiary"
            size="small"
            ariaLabel={t`Edit ${name}`}
            onClick={onEdit}
          />
          <IconButton
            Icon={IconTrash}
            variant="tertiary"
            size="small"
            ariaLabel={t`Remove ${name}`}
            onClick={onRemove}
          />
        </div>
      )}
    </li>
  );
}
