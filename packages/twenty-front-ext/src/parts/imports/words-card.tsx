import { useLingui } from '@lingui/react/macro';
import type { ImportReportFragment } from '../../generated/graphql.ts';
import { Card } from '../../ui/card/card.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { useImportKind } from './import-kind.ts';
import { withMeaning } from './mapping-draft.ts';
import type { MappingDraft } from './mapping-draft.ts';
import styles from './imports.module.css';

interface WordsCardProps {
  readonly words: ImportReportFragment['unknownWords'];
  readonly draft: MappingDraft;
  readonly onChange: (draft: MappingDraft) => void;
}

/** Words that no list has: nothing is guessed, the person says once what they mean. */
export function WordsCard({ words, draft, onChange }: WordsCardProps) {
  const { t } = useLingui();
  const choicesOf = useImportKind().useChoices();
  return (
    <Card title={t`Words that are not in a list`}>
      <p className={styles.quiet}>
        {t`Say what they mean, and run dry again. Rows with words that mean nothing are rejected.`}
      </p>
      <div className={styles.grid}>
        {words.map(({ column, word, suggestion, rows }) => {
          const options = [...choicesOf(draft.fields[column] ?? '')];
          if (
            suggestion !== null &&
            !options.some(({ value, label }) => [value, label].includes(suggestion))
          )
            options.unshift({ value: suggestion, label: suggestion });
          return (
            <SelectField
              key={`${column} ${word}`}
              label={`${column}: ${word} (${rows})`}
              value={draft.values[column]?.[word] ?? ''}
              options={[{ value: '', label: t`Nothing` }, ...options]}
              {...(suggestion === null ? {} : { hint: t`Perhaps ${suggestion}` })}
              onChange={(meaning) => onChange(withMeaning(draft, column, word, meaning))}
            />
          );
        })}
      </div>
    </Card>
  );
}
