import { useLingui } from '@lingui/react/macro';
import type { MergeLeadsMutation, PairLeadFragment } from '../../generated/graphql.ts';
import type { LeadWords } from '../../parts/leads/use-lead-words.ts';
import { RadioGroup } from '../../ui/form/radio-group.tsx';
import { likenessOf } from './pair-rows.ts';
import type { MergeChoice } from './use-merge.ts';
import { usePairRows } from './use-pair-rows.ts';
import styles from './lead-duplicates.module.css';

interface MergeValuesProps {
  readonly leads: readonly [PairLeadFragment, PairLeadFragment];
  readonly words: LeadWords;
  /** Of every field in which the leads differ the lead whose value holds by the rules. */
  readonly ruled: MergeLeadsMutation['mergeLeads']['values'];
  readonly chosen: MergeChoice['values'];
  readonly onChange: (chosen: MergeChoice['values']) => void;
}

/** Fields of which both leads have a value, and not the same: which one stays. */
export function MergeValues({ leads, words, ruled, chosen, onChange }: MergeValuesProps) {
  const { t } = useLingui();
  const [left, right] = leads;
  const rows = usePairRows(words)(left, right).filter((row) => likenessOf(row) === 'different');
  const choices = ruled.flatMap(({ field, leadId }) => {
    const row = rows.find(({ key }) => key === field);
    return row === undefined ? [] : [{ ...row, leadId }];
  });
  if (choices.length === 0) return null;
  return (
    <div className={styles.choices} role="group" aria-label={t`Values that stay`}>
      {choices.map(({ key, label, leadId, ...row }) => (
        <RadioGroup
          key={key}
          label={label}
          value={chosen[key as keyof typeof chosen] ?? leadId}
          options={[
            { value: left.id, label: row.left.join(', ') },
            { value: right.id, label: row.right.join(', ') },
          ]}
          onChange={(id) => onChange({ ...chosen, [key]: id })}
        />
      ))}
    </div>
  );
}
