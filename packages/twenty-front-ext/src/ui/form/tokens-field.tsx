import { useLingui } from '@lingui/react/macro';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { RemovableChip } from '../chip/removable-chip.tsx';
import { Field } from './field.tsx';
import type { FieldProps } from './field.tsx';
import { Suggestions } from './suggestions.tsx';
import styles from './tokens-field.module.css';

interface TokensFieldProps extends FieldProps {
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
  /** Values to choose from; others may be typed too. */
  readonly suggestions?: readonly string[];
  readonly placeholder?: string;
  readonly type?: 'text' | 'date';
  readonly disabled?: boolean;
}

/** A list of short texts: Enter adds one, its cross removes it. */
export function TokensField({
  values,
  onChange,
  suggestions = [],
  placeholder,
  type = 'text',
  disabled = false,
  ...field
}: TokensFieldProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const add = (): void => {
    const value = typed.trim();
    if (value === '') return;
    if (!values.includes(value)) onChange([...values, value]);
    setTyped('');
  };
  return (
    <Field {...field}>
      {(binding) => (
        <div className={styles.tokens}>
          {values.map((value) => (
            <RemovableChip
              key={value}
              removeLabel={t`Remove ${value}`}
              {...(disabled
                ? {}
                : { onRemove: () => onChange(values.filter((one) => one !== value)) })}
            >
              {value}
            </RemovableChip>
          ))}
          {!disabled && (
            <span className={styles.adder}>
              <input
                {...binding}
                type={type}
                list={suggestions.length > 0 ? `${binding.id}-list` : undefined}
                value={typed}
                placeholder={placeholder}
                onChange={(event) => setTyped(event.target.value)}
                onBlur={type === 'text' ? add : undefined}
                onKeyDown={(event) => {
                  if (event.key !== 'Enter') return;
                  event.preventDefault();
                  add();
                }}
              />
              <Button
                type="button"
                Icon={IconPlus}
                variant="secondary"
                ariaLabel={t`Add to ${field.label}`}
                onClick={add}
              />
              <Suggestions
                id={`${binding.id}-list`}
                values={suggestions.filter((one) => !values.includes(one))}
              />
            </span>
          )}
        </div>
      )}
    </Field>
  );
}
