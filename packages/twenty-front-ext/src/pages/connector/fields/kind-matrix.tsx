import { useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import type { ConnectorLineFragment } from '../../../generated/graphql.ts';
import { Table } from '../../../ui/table/table.tsx';
import { useRecordTexts } from '../records/record-texts.ts';
import { FieldRow } from './field-row.tsx';
import { ruleKey } from './matrix-values.ts';
import type { MatrixValues, Rule, RuleKey } from './matrix-values.ts';
import styles from '../connector.module.css';

interface KindMatrixProps {
  readonly entity: ConnectorLineFragment['entities'][number];
  /** Name of the other system. */
  readonly title: string;
  readonly values: MatrixValues;
  readonly onChange: (key: RuleKey, rule: Rule) => void;
}

/** The rules of one kind of records. */
export function KindMatrix({ entity, title, values, onChange }: KindMatrixProps) {
  const { t } = useLingui();
  const id = useId();
  const texts = useRecordTexts();
  const kind = texts.kind(entity.name);
  return (
    <section aria-labelledby={id} className={styles.matrix}>
      <h2 id={id} className={styles.heading}>
        {kind}
        {!entity.enabled && <span className={styles.text}> · {t`not kept equal`}</span>}
      </h2>
      <Table
        label={kind}
        head={[t`Field`, t`Direction`, t`When both changed`, t`Critical`, t`Difference`]}
      >
        {entity.fields.map((field) => {
          const key = ruleKey(entity.name, field.field);
          const rule = values[key];
          if (rule === undefined) return null;
          return (
            <FieldRow
              key={field.field}
              ability={field}
              name={`${kind}, ${texts.field(field.field)}`}
              title={title}
              rule={rule}
              onChange={(changed) => onChange(key, changed)}
            />
          );
        })}
      </Table>
    </section>
  );
}
