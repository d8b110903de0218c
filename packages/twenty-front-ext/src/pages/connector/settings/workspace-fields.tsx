import { useLingui } from '@lingui/react/macro';
import { TextField } from '../../../ui/form/text-field.tsx';
import type { SettingsValues } from './settings-values.ts';

interface WorkspaceFieldsProps {
  readonly values: SettingsValues;
  /** A key is stored, which is never shown. */
  readonly hasKey: boolean;
  readonly onChange: (part: Partial<SettingsValues>) => void;
}

export function WorkspaceFields({ values, hasKey, onChange }: WorkspaceFieldsProps) {
  const { t } = useLingui();
  return (
    <>
      <TextField
        label={t`Address of twenty`}
        type="url"
        required
        placeholder="https://crm.example.com"
        value={values.address}
        onChange={(address) => onChange({ address })}
      />
      <TextField
        label={t`API key of twenty`}
        hint={
          hasKey
            ? t`One is stored and not shown. Write another one to replace it.`
            : t`With the role of an admin: in twenty under Settings, API & Webhooks.`
        }
        type="password"
        required={!hasKey}
        autoComplete="off"
        spellCheck={false}
        value={values.apiKey}
        onChange={(apiKey) => onChange({ apiKey })}
      />
    </>
  );
}
