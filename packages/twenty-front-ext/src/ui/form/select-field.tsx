import { Field } from './field.tsx';
import type { FieldProps } from './field.tsx';

export interface Option<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
}

interface SelectFieldProps<Value extends string> extends FieldProps {
  readonly value: Value;
  readonly options: readonly Option<Value>[];
  readonly onChange: (value: Value) => void;
  readonly disabled?: boolean;
}

/** The browser's own select: it works by keyboard, on a phone and with every screen reader. */
export function SelectField<Value extends string>({
  value,
  options,
  onChange,
  disabled = false,
  ...field
}: SelectFieldProps<Value>) {
  const choose = (raw: string): void => {
    const chosen = options.find((option) => option.value === raw);
    if (chosen !== undefined) onChange(chosen.value);
  };
  return (
    <Field {...field}>
      {(binding) => (
        <select
          {...binding}
          value={value}
          disabled={disabled}
          onChange={(event) => choose(event.target.value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
