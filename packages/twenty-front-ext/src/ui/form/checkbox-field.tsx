import { useId } from 'react';
import type { ReactNode } from 'react';
import styles from './checkbox-field.module.css';

interface CheckboxFieldProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
}

/** The browser's own checkbox with its label beside it. */
export function CheckboxField({
  label,
  hint,
  checked,
  onChange,
  disabled = false,
}: CheckboxFieldProps) {
  const hintId = useId();
  const field = (
    <label className={styles.field} data-disabled={disabled}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        aria-describedby={hint === undefined ? undefined : hintId}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{label}</span>
    </label>
  );
  if (hint === undefined) return field;
  return (
    <div>
      {field}
      <span id={hintId} className={styles.hint}>
        {hint}
      </span>
    </div>
  );
}
