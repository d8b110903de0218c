import { useId } from 'react';
import type { ReactNode } from 'react';
import styles from './field.module.css';

/** Attributes that bind an input to its label, hint and error. */
export interface FieldBinding {
  readonly id: string;
  readonly className: string | undefined;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean;
}

export interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong with the value and what to do. */
  readonly error?: string | null;
  /** The label is there for screen readers only, e.g. in a table. */
  readonly labelHidden?: boolean;
}

/** Label, input, hint and error of one value. */
export function Field({
  label,
  hint,
  error = null,
  labelHidden = false,
  children,
}: FieldProps & { readonly children: (binding: FieldBinding) => ReactNode }) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const described = [hint !== undefined && hintId, error !== null && errorId].filter(
    (one) => one !== false,
  );
  return (
    <div className={styles.field}>
      <label className={labelHidden ? 'visually-hidden' : styles.label} htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        className: styles.input,
        'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
        'aria-invalid': error !== null,
      })}
      {hint !== undefined && (
        <span id={hintId} className={styles.hint}>
          {hint}
        </span>
      )}
      {error !== null && (
        <span id={errorId} className={styles.error} role="alert">
          {error}
        </span>
      )}
    </div>
  );
}
