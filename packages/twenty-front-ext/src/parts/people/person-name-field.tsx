import { useLingui } from '@lingui/react/macro';
import { TextField } from '../../ui/form/text-field.tsx';

interface PersonNameFieldProps {
  readonly value: string;
  readonly onChange: (name: string) => void;
  /** The person's own. */
  readonly autoComplete?: 'name';
}

/** The name of somebody with an account, as long as the server takes it. */
export function PersonNameField(props: PersonNameFieldProps) {
  const { t } = useLingui();
  return (
    <TextField
      {...props}
      label={t({ message: 'Name', context: 'of a person' })}
      required
      maxLength={200}
    />
  );
}
