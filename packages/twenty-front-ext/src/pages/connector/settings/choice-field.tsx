import { useLingui } from '@lingui/react/macro';
import { SelectField } from '../../../ui/form/select-field.tsx';
import type { Option } from '../../../ui/form/select-field.tsx';
import type { FieldProps } from '../../../ui/form/field.tsx';
import { TextField } from '../../../ui/form/text-field.tsx';
import { useWithGone } from '../with-gone.ts';

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
  const withGone = useWithGone();
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
  return (
    <SelectField
      {...field}
      value={value}
      options={[{ value: '', label: none ?? t`choose` }, ...withGone(options, [value])]}
      onChange={onChange}
    />
  );
}
