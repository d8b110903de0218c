import { useLingui } from '@lingui/react/macro';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { ComponentProps } from 'react';
import { Field } from './field.tsx';
import styles from './password-field.module.css';

interface PasswordFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | null;
  readonly autoComplete: 'current-password' | 'new-password';
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly required?: boolean;
  readonly minLength?: ComponentProps<'input'>['minLength'];
}

/** A password that its owner may look at while typing; managers and pasting work. */
export function PasswordField({
  label,
  hint,
  error = null,
  value,
  onChange,
  ...input
}: PasswordFieldProps) {
  const { t } = useLingui();
  const [shown, setShown] = useState(false);
  const Icon = shown ? IconEyeOff : IconEye;
  return (
    <Field label={label} error={error} {...(hint === undefined ? {} : { hint })}>
      {(binding) => (
        <div className={styles.frame}>
          <input
            {...input}
            {...binding}
            type={shown ? 'text' : 'password'}
            autoCapitalize="off"
            spellCheck={false}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          <button
            type="button"
            className={styles.eye}
            aria-label={t`Show what is typed`}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
          >
            <Icon size={16} aria-hidden />
          </button>
        </div>
      )}
    </Field>
  );
}
