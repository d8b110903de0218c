import { useLingui } from '@lingui/react/macro';
import { PasswordField } from './password-field.tsx';

/** Shortest password that the server takes. */
const SHORTEST = 12;

interface NewPasswordFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A password that is chosen now; it can be looked at, so it is not asked for twice. */
export function NewPasswordField(props: NewPasswordFieldProps) {
  const { t } = useLingui();
  return (
    <PasswordField
      {...props}
      label={t`New password`}
      hint={t`At least ${SHORTEST} characters. A few words are easier to remember than signs.`}
      autoComplete="new-password"
      minLength={SHORTEST}
      required
    />
  );
}
