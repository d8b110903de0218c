import { useLingui } from '@lingui/react/macro';
import { IconPencil } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { isHeld } from 'twenty-mak-domain';
import { useIsCompany } from '../../app/shell/is-company.ts';
import type { LeadDetailFragment } from '../../generated/graphql.ts';
import type { LeadWords } from '../../parts/leads/use-lead-words.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import { FieldEditor } from './field-editor.tsx';
import { CONTACT_FIELDS, OFFICE_FIELDS, ORIGIN_FIELDS, valuesOf } from './lead-values.ts';
import type { LeadField } from './lead-values.ts';
import { useFieldTexts } from './use-field-texts.ts';
import { useMayChange } from './use-may-change.ts';
import styles from './lead-page.module.css';

interface LeadFieldsProps {
  readonly lead: LeadDetailFragment;
  readonly words: LeadWords;
  readonly fields: readonly LeadField[];
  /** Facts that nobody edits, after the fields. */
  readonly children?: ReactNode;
}

/** Fields of a lead, edited where they stand. */
export function LeadFields({ lead, words, fields, children }: LeadFieldsProps) {
  return (
    <dl className={styles.facts}>
      {fields.map((field) => (
        <Field key={field} lead={lead} words={words} field={field} />
      ))}
      {children}
    </dl>
  );
}

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children ?? '–'}</dd>
    </div>
  );
}

interface FieldProps {
  readonly lead: LeadDetailFragment;
  readonly words: LeadWords;
  readonly field: LeadField;
}

function Field({ lead, words, field }: FieldProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { names, show } = useFieldTexts(words);
  const [editing, setEditing] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const editable = useIsEditable(lead, field);
  const title = names[field];
  const close = (): void => {
    setEditing(false);
    // The button is there again after the next frame.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) pencil.current?.focus();
    });
  };
  const text =
    field === 'amount' && lead.amount !== null
      ? format.money(lead.amount, lead.currency ?? '')
      : show(field, valuesOf(lead));
  return (
    <div className={styles.fact}>
      <dt>{title}</dt>
      <dd>
        {editing ? (
          <FieldEditor lead={lead} field={field} words={words} onClose={close} />
        ) : (
          <>
            <span className={styles.value}>{text === '' ? '–' : text}</span>
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

function useIsEditable(lead: LeadDetailFragment, field: LeadField): boolean {
  const mayChange = useMayChange(lead);
  const isCompany = useIsCompany();
  if (!mayChange || (ORIGIN_FIELDS.has(field) && isHeld(lead))) return false;
  if (OFFICE_FIELDS.has(field)) return !isCompany;
  return !CONTACT_FIELDS.has(field) || lead.contact.state === 'open';
}
