import { useLingui } from '@lingui/react/macro';
import { useIsCompany } from '../../app/shell/is-company.ts';
import type { ImportLookFragment } from '../../generated/graphql.ts';
import { Card } from '../../ui/card/card.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { Table } from '../../ui/table/table.tsx';
import { useImportKind } from './import-kind.ts';
import { attributeOf, usedFields, withField } from './mapping-draft.ts';
import type { MappingDraft } from './mapping-draft.ts';
import { useImportTexts } from './use-import-texts.ts';
import styles from './imports.module.css';

interface ColumnsCardProps {
  readonly preview: ImportLookFragment;
  readonly draft: MappingDraft;
  readonly onChange: (draft: MappingDraft) => void;
}

/** Rows that are shown of the file. */
const SAMPLE = 3;

/** What each column means, with its first values. */
export function ColumnsCard({ preview, draft, onChange }: ColumnsCardProps) {
  const { t } = useLingui();
  const isCompany = useIsCompany();
  const { fields: known, officeFields, Settings } = useImportKind();
  const { fields } = useImportTexts();
  const names = known.names.filter((field) => !isCompany || !officeFields.has(field));
  const used = usedFields(draft);
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
                    ...names.map((one) => ({ value: one, label: fields[one] ?? one })),
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
        <Settings draft={draft} onChange={onChange} />
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
