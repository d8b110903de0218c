import { useLingui } from '@lingui/react/macro';
import { IconPencil, IconStarFilled } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import type { DealDetailFragment } from '../../generated/graphql.ts';
import { useFieldNames } from '../../parts/deal-edits/conflict-dialog.tsx';
import type { DealField } from '../../parts/deal-edits/deal-change.ts';
import { FieldEditor } from '../../parts/deal-edits/field-editors.tsx';
import type { SaveDeal } from '../../parts/deal-edits/use-deal-edits.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import styles from './deal-fields.module.css';

interface DealFieldsProps {
  readonly deal: DealDetailFragment;
  readonly editable: boolean;
  readonly onSave: SaveDeal;
}

/** The fields that people own, edited where they stand. */
export function DealFields({ deal, editable, onSave }: DealFieldsProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { name, amount, currency, owner, ownerId, businessStage, createdAt } = deal;
  const field = { deal, editable, onSave };
  return (
    <dl className={styles.fields}>
      <Field {...field} field="name">
        {name}
      </Field>
      <Field {...field} field="client">
        <ClientLink deal={deal} />
      </Field>
      <Field {...field} field="amount">
        {amount === null ? null : format.money(amount, currency ?? '')}
      </Field>
      <Field {...field} field="owner">
        {owner?.name ?? ownerId}
      </Field>
      <div className={styles.field}>
        <dt>{t`Business stage`}</dt>
        <dd>{businessStage ?? '–'}</dd>
      </div>
      <div className={styles.field}>
        <dt>{t`Created`}</dt>
        <dd>{format.dateTime(createdAt)}</dd>
      </div>
    </dl>
  );
}

function ClientLink({ deal: { client, clientId } }: { readonly deal: DealDetailFragment }) {
  const { t } = useLingui();
  if (client === null) return clientId;
  return (
    <>
      <Link to={`/clients/${client.id}`} className={styles.link}>
        {client.name}
      </Link>
      {client.keyAccount && (
        <IconStarFilled size={12} className={styles.star} aria-label={t`Key account`} role="img" />
      )}
    </>
  );
}

function Field({
  deal,
  field,
  editable,
  onSave,
  children,
}: DealFieldsProps & { readonly field: DealField; readonly children: ReactNode }) {
  const { t } = useLingui();
  const [editing, setEditing] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const title = useFieldNames()[field];
  const close = (): void => {
    setEditing(false);
    // The button is there again after the next frame.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) pencil.current?.focus();
    });
  };
  return (
    <div className={styles.field}>
      <dt>{title}</dt>
      <dd>
        {editing ? (
          <FieldEditor field={field} deal={deal} onSave={onSave} onClose={close} />
        ) : (
          <>
            <span className={styles.value}>{children ?? '–'}</span>
            {editable && (
              <button
                ref={pencil}
                type="button"
                className={styles.pencil}
                aria-label={t`Edit ${title}`}
                onClick={() => setEditing(true)}
              >
                <IconPencil size={14} aria-hidden />
              </button>
            )}
          </>
        )}
      </dd>
    </div>
  );
}
