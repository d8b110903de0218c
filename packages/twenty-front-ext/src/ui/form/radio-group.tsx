import { useId } from 'react';
import type { ReactNode } from 'react';
import { Fieldset } from './fieldset.tsx';
import type { Option } from './select-field.tsx';
import styles from './radio-group.module.css';

interface RadioGroupProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (Option<Value> & {
    readonly hint?: string | undefined;
    readonly disabled?: boolean;
  })[];
  readonly onChange: (value: Value) => void;
  /** Said under the choices. */
  readonly hint?: ReactNode;
}

/** One of a few, all of them seen at once and beside each other where there is room. */
export function RadioGroup<Value extends string>({
  label,
  value,
  options,
  onChange,
  hint,
}: RadioGroupProps<Value>) {
  const name = useId();
  const hintId = `${name}-hint`;
  return (
    <Fieldset label={label} describedBy={hint === undefined ? undefined : hintId}>
      <div className={styles.options}>
        {options.map((option) => (
          <label
            key={option.value}
            className={styles.option}
            data-disabled={option.disabled === true}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={value === option.value}
              disabled={option.disabled === true}
              onChange={() => onChange(option.value)}
            />
            <span className={styles.text}>
              {option.label}
              {option.hint !== undefined && <span className={styles.hint}>{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
      {hint !== undefined && (
        <p id={hintId} className={styles.hint}>
          {hint}
        </p>
      )}
    </Fieldset>
  );
}
