import type { ComponentProps } from 'react';
import { Field } from './field.tsx';
import type { FieldProps } from './field.tsx';
import { useTextProblem } from './use-text-problem.ts';

type InputProps = Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'id'>;

interface TextFieldProps extends FieldProps, InputProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function TextField({
  label,
  hint,
  error,
  labelHidden,
  value,
  onChange,
  ...input
}: TextFieldProps) {
  const problem = useTextProblem(value, input.maxLength);
  const field = {
    label,
    ...(hint === undefined ? {} : { hint }),
    error: error ?? problem,
    ...(labelHidden === undefined ? {} : { labelHidden }),
  };
  return (
    <Field {...field}>
      {(binding) => (
        <input
          {...input}
          {...binding}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
