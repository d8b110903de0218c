import { CheckboxField } from './checkbox-field.tsx';
import { Fieldset } from './fieldset.tsx';
import type { Option } from './select-field.tsx';

interface CheckboxGroupProps<Value extends string> {
  readonly label: string;
  readonly values: readonly Value[];
  readonly options: readonly Option<Value>[];
  readonly onChange: (values: readonly Value[]) => void;
  readonly disabled?: boolean;
}

/** Any of several; the values keep the order of the options. */
export function CheckboxGroup<Value extends string>({
  label,
  values,
  options,
  onChange,
  disabled = false,
}: CheckboxGroupProps<Value>) {
  const toggle = (value: Value, on: boolean): void => {
    const wanted = new Set(values);
    if (on) wanted.add(value);
    else wanted.delete(value);
    onChange(options.map((option) => option.value).filter((one) => wanted.has(one)));
  };
  return (
    <Fieldset label={label}>
      {options.map((option) => (
        <CheckboxField
          key={option.value}
          label={option.label}
          checked={values.includes(option.value)}
          disabled={disabled}
          onChange={(on) => toggle(option.value, on)}
        />
      ))}
    </Fieldset>
  );
}
