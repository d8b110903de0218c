import { useLingui } from '@lingui/react/macro';
import type { SettingsProps } from '../../parts/imports/import-kind.ts';
import { withDefault } from '../../parts/imports/mapping-draft.ts';
import { SelectField } from '../../ui/form/select-field.tsx';

/** What holds for all clients of a file. */
export function ClientSettings({ draft, onChange }: SettingsProps) {
  const { t } = useLingui();
  return (
    <>
      <SelectField
        label={t`Rows that do not say it are`}
        value={draft.defaults['kind'] ?? 'company'}
        options={[
          { value: 'company', label: t`Companies` },
          { value: 'person', label: t`People` },
        ]}
        onChange={(kind) => onChange(withDefault(draft, 'kind', kind))}
      />
      <SelectField
        label={t`Clients that are known already`}
        value={draft.duplicates === '' ? 'reject' : draft.duplicates}
        options={[
          { value: 'reject', label: t`Stay as they are` },
          { value: 'update', label: t`Get what the file says` },
        ]}
        hint={t`Known by an id, an e-mail address or a telephone number; a company also by its name.`}
        onChange={(duplicates) => onChange({ ...draft, duplicates })}
      />
    </>
  );
}
