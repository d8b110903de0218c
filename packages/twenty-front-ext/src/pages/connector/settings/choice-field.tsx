import { useLingui } from '@lingui/react/macro';
import { SelectField } from '../../../ui/form/select-field.tsx';
import type { Option } from '../../../ui/form/select-field.tsx';
import type { FieldProps } from '../../../ui/form/field.tsx';
import { TextField } from '../../../ui/form/text-field.tsx';

interface ChoiceFieldProps extends FieldProps {
  readonly value: string;
  /** Null: nobody knows what there is, so it is typed. */
  readonly options: readonly Option[] | null;
  /** What nothing means; without it something has to be chosen. */
  readonly none?: string;
  readonly type: 'email' | 'number' | 'text';
  readonly onChange: (value: string) => void;
}

/** One of what there is; what is set and not there any more is shown too. */
export function ChoiceField({ value, options, none, type, onChange, ...field }: ChoiceFieldProps) {
  const { t } = useLingui();
  if (options === null)
    return (
      <TextField
        {...field}
        type={type}
        required={none === undefined}
        {...(type === 'number' ? { min: 1, step: 1 } : {})}
        {...(none === undefined ? {} : { placeholder: none })}
        value={value}
        onChange={onChange}
      />
    );
  const isKnown = value === '' || options.some((one) => one.value === value);
  const gone = { value, label: t`${value}, not there any more` };
  return (
    <SelectField
      {...field}
      value={value}
      options={[{ value: '', label: none ?? t`choose` }, ...options, ...(isKnown ? [] : [gone])]}
      onChange={onChange}
    />
  );
}
