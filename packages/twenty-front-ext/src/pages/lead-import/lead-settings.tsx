import { useLingui } from '@lingui/react/macro';
import { useIsCompany } from '../../app/shell/is-company.ts';
import type { SettingsProps } from '../../parts/imports/import-kind.ts';
import { useLeadWords } from '../../parts/leads/use-lead-words.ts';
import { usedFields, withDefault } from '../../parts/imports/mapping-draft.ts';
import { SelectField } from '../../ui/form/select-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';

/** What holds for all leads of a file. */
export function LeadSettings({ draft, onChange }: SettingsProps) {
  const { t } = useLingui();
  const isCompany = useIsCompany();
  const { rules } = useLeadWords();
  const used = usedFields(draft);
  return (
    <>
      {!isCompany && !used.has('source') && (
        <SelectField
          label={t`Source of all rows`}
          value={draft.defaults['source'] ?? ''}
          options={[
            { value: '', label: t`As the settings say` },
            ...(rules?.sources ?? []).map(({ key, title }) => ({ value: key, label: title })),
          ]}
          onChange={(source) => onChange(withDefault(draft, 'source', source))}
        />
      )}
      {used.has('amount') && !used.has('currency') && (
        <TextField
          label={t`Currency of the amounts`}
          maxLength={3}
          value={draft.defaults['currency'] ?? ''}
          onChange={(currency) => onChange(withDefault(draft, 'currency', currency.toUpperCase()))}
        />
      )}
    </>
  );
}
