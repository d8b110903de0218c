import type { ComponentProps } from 'react';
import { Field } from './field.tsx';
import type { FieldProps } from './field.tsx';
import { useTextProblem } from './use-text-problem.ts';

type AreaProps = Omit<ComponentProps<'textarea'>, 'value' | 'onChange' | 'id'>;

interface TextAreaProps extends FieldProps, AreaProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function TextArea({
  label,
  hint,
  error,
  labelHidden,
  value,
  onChange,
  ...area
}: TextAreaProps) {
  const problem = useTextProblem(value, area.maxLength);
  const field = {
    label,
    ...(hint === undefined ? {} : { hint }),
    error: error ?? problem,
    ...(labelHidden === undefined ? {} : { labelHidden }),
  };
  return (
    <Field {...field}>
      {(binding) => (
        <textarea
          rows={3}
          {...area}
          {...binding}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
