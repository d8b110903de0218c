import { useLingui } from '@lingui/react/macro';
import type { ImportReportFragment } from '../../generated/graphql.ts';
import { useLeadWords } from '../../parts/leads/use-lead-words.ts';
import { Card } from '../../ui/card/card.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { withMeaning } from './mapping-draft.ts';
import type { MappingDraft } from './mapping-draft.ts';
import styles from './lead-import.module.css';

interface WordsCardProps {
  readonly words: ImportReportFragment['unknownWords'];
  readonly draft: MappingDraft;
  readonly onChange: (draft: MappingDraft) => void;
}

const LISTS: Readonly<Record<string, 'statuses' | 'sources' | 'handlings' | 'cities' | 'niches'>> =
  { status: 'statuses', source: 'sources', handling: 'handlings', city: 'cities', niche: 'niches' };

/** Words that no list has: nothing is guessed, the person says once what they mean. */
export function WordsCard({ words, draft, onChange }: WordsCardProps) {
  const { t } = useLingui();
  const { rules } = useLeadWords();
  return (
    <Card title={t`Words that are not in a list`}>
      <p className={styles.quiet}>
        {t`Say what they mean, and run dry again. Rows with words that mean nothing are rejected.`}
      </p>
      <div className={styles.grid}>
        {words.map(({ column, word, suggestion, rows }) => {
          const list = LISTS[draft.fields[column] ?? ''];
          const known = list === undefined ? [] : (rules?.[list] ?? []);
          const options = known.map(({ key, title }) => ({ value: key, label: title }));
          if (
            suggestion !== null &&
            !known.some((one) => [one.key, one.title].includes(suggestion))
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
