import { useLingui } from '@lingui/react/macro';
import { LEAD_IMPORT_FIELDS } from 'twenty-mak-domain';
import { useIsCompany } from '../../app/shell/is-company.ts';
import type { LeadImportPreviewQuery } from '../../generated/graphql.ts';
import { useLeadWords } from '../../parts/leads/use-lead-words.ts';
import { Card } from '../../ui/card/card.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { Table } from '../../ui/table/table.tsx';
import { attributeOf, withField } from './mapping-draft.ts';
import type { MappingDraft } from './mapping-draft.ts';
import { OFFICE_FIELDS, useImportTexts } from './use-import-texts.ts';
import styles from './lead-import.module.css';

interface ColumnsCardProps {
  readonly preview: LeadImportPreviewQuery['leadImportPreview'];
  readonly draft: MappingDraft;
  readonly onChange: (draft: MappingDraft) => void;
}

/** Rows that are shown of the file. */
const SAMPLE = 3;

/** What each column means, with its first values. */
export function ColumnsCard({ preview, draft, onChange }: ColumnsCardProps) {
  const { t } = useLingui();
  const isCompany = useIsCompany();
  const { rules } = useLeadWords();
  const { fields } = useImportTexts();
  const known = LEAD_IMPORT_FIELDS.names.filter((field) => !isCompany || !OFFICE_FIELDS.has(field));
  const used = new Set(Object.values(draft.fields));
  return (
    <Card title={t`What the columns mean`}>
      <Table label={t`Columns`} head={[t`Column`, t`First values`, t`Means`]}>
        {preview.columns.map((column, place) => {
          const attribute = attributeOf(column, place);
          const field = draft.fields[column] ?? '';
          const own = field.startsWith('attributes.') ? field : attribute;
          return (
            <tr key={column}>
              <th scope="row">{column}</th>
              <td className={styles.sample}>
                {preview.rows
                  .slice(0, SAMPLE)
                  .map((row) => row[place] ?? '')
                  .filter((value) => value !== '')
                  .join(' · ')}
              </td>
              <td>
                <SelectField
                  label={t`Meaning of ${column}`}
                  labelHidden
                  value={field}
                  options={[
                    { value: '', label: t`Leave out` },
                    ...known.map((one) => ({ value: one, label: fields[one] ?? one })),
                    { value: own, label: t`Keep as it is` },
                  ]}
                  onChange={(chosen) => onChange(withField(draft, column, chosen))}
                />
              </td>
            </tr>
          );
        })}
      </Table>
      <div className={styles.grid}>
        {!isCompany && !used.has('source') && (
          <SelectField
            label={t`Source of all rows`}
            value={draft.source}
            options={[
              { value: '', label: t`As the settings say` },
              ...(rules?.sources ?? []).map(({ key, title }) => ({ value: key, label: title })),
            ]}
            onChange={(source) => onChange({ ...draft, source })}
          />
        )}
        {used.has('amount') && !used.has('currency') && (
          <TextField
            label={t`Currency of the amounts`}
            maxLength={3}
            value={draft.currency}
            onChange={(currency) => onChange({ ...draft, currency: currency.toUpperCase() })}
          />
        )}
        {used.has('external_id') && (
          <TextField
            label={t`System that the ids are of`}
            required
            maxLength={64}
            value={draft.externalSystem}
            onChange={(externalSystem) => onChange({ ...draft, externalSystem })}
          />
        )}
      </div>
    </Card>
  );
}
