import { useLingui } from '@lingui/react/macro';
import type { ImportLookFragment } from '../../generated/graphql.ts';
import { Card } from '../../ui/card/card.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import type { FileForm } from './import-kind.ts';
import styles from './imports.module.css';

const ENCODINGS = ['utf-8', 'windows-1251', 'utf-16le', 'utf-16be'];

interface FormCardProps {
  readonly preview: ImportLookFragment;
  readonly onChange: (form: FileForm) => void;
}

/** Encoding and separator, or the sheet, as the file tells them; the person may know better. */
export function FormCard({ preview, onChange }: FormCardProps) {
  const { t } = useLingui();
  const { encoding, encodingCertain, separator, sheet, sheets, headerIsData } = preview;
  const form: FileForm = {
    ...(encoding === null ? {} : { encoding }),
    ...(separator === null ? {} : { separator }),
    ...(sheet === null ? {} : { sheet }),
  };
  const separators = [
    { value: ',', label: t`Comma` },
    { value: ';', label: t`Semicolon` },
    { value: '\t', label: t`Tab` },
    { value: '|', label: t`Vertical bar` },
  ];
  return (
    <Card title={t`How the file is read`}>
      {headerIsData && (
        <p role="alert" className={styles.warning}>
          {t`The first row names no columns. Add one that does, and upload the file again.`}
        </p>
      )}
      <div className={styles.grid}>
        {encoding !== null && (
          <SelectField
            label={t`Encoding`}
            value={encoding}
            options={[...new Set([...ENCODINGS, encoding])].map((value) => ({
              value,
              label: value,
            }))}
            {...(encodingCertain
              ? {}
              : { hint: t`Other encodings fit too. Are the letters below right?` })}
            onChange={(chosen) => onChange({ ...form, encoding: chosen })}
          />
        )}
        {separator !== null && (
          <SelectField
            label={t`Separator`}
            value={separator}
            options={separators}
            onChange={(chosen) => onChange({ ...form, separator: chosen })}
          />
        )}
        {sheet !== null && (
          <SelectField
            label={t`Sheet`}
            value={sheet}
            options={sheets.map((value) => ({ value, label: value }))}
            onChange={(chosen) => onChange({ ...form, sheet: chosen })}
          />
        )}
      </div>
    </Card>
  );
}
