import { useLingui } from '@lingui/react/macro';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { Button } from 'twenty-ui/input';
import { CheckboxField } from '../../ui/form/checkbox-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { TokensField } from '../../ui/form/tokens-field.tsx';
import { Section, SectionActions } from '../../ui/section/section.tsx';
import styles from './auction-rules.module.css';
import type { RulesProps } from './rules-form.tsx';
import { useRuleTexts } from './use-rule-texts.ts';

/** Who sees a lot and may bid on it. */
export function BiddersFields({ draft, onChange }: RulesProps) {
  const { t } = useLingui();
  const { labels } = useRuleTexts();
  const { limits } = draft;
  const setLimit = (at: number, part: Partial<(typeof limits)[number]>): void =>
    onChange({ limits: limits.map((one, index) => (index === at ? { ...one, ...part } : one)) });
  return (
    <Section title={t`Who may bid`} text={t`Who may not bid on a lot does not see it.`}>
      <CheckboxField
        label={labels.matchCity}
        checked={draft.matchCity}
        onChange={(matchCity) => onChange({ matchCity })}
      />
      <CheckboxField
        label={labels.matchNiche}
        checked={draft.matchNiche}
        onChange={(matchNiche) => onChange({ matchNiche })}
      />
      <TokensField
        label={labels.grades}
        hint={t`Without any, all grades may.`}
        values={draft.grades}
        onChange={(grades) => onChange({ grades })}
      />
      <div className={styles.rows} role="group" aria-label={labels.limits}>
        <p>{t`How many lots a bidder of a grade may lead or win on one day. Others have no limit.`}</p>
        {limits.map(({ grade, lotsPerDay }, at) => (
          <div key={at} className={styles.row}>
            <TextField
              label={t`Grade`}
              required
              maxLength={100}
              value={grade}
              onChange={(value) => setLimit(at, { grade: value })}
            />
            <TextField
              label={labels.limits}
              required
              inputMode="numeric"
              maxLength={6}
              value={lotsPerDay}
              onChange={(value) => setLimit(at, { lotsPerDay: value })}
            />
            <Button
              type="button"
              Icon={IconTrash}
              variant="secondary"
              ariaLabel={t`Remove the limit of ${grade}`}
              onClick={() => onChange({ limits: limits.filter((_, index) => index !== at) })}
            />
          </div>
        ))}
        <SectionActions>
          <Button
            type="button"
            Icon={IconPlus}
            title={t`Add a limit`}
            variant="secondary"
            size="small"
            onClick={() => onChange({ limits: [...limits, { grade: '', lotsPerDay: '' }] })}
          />
        </SectionActions>
      </div>
    </Section>
  );
}
