import { useLingui } from '@lingui/react/macro';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { Button } from 'twenty-ui/input';
import { TextField } from '../../ui/form/text-field.tsx';
import { Section, SectionActions } from '../../ui/section/section.tsx';
import styles from './auction-rules.module.css';
import type { RulesProps } from './rules-form.tsx';
import { useRuleTexts } from './use-rule-texts.ts';

/** How long, and why, a bought lead can be given back. */
export function ReturnsFields({ draft, onChange }: RulesProps) {
  const { t } = useLingui();
  const { labels } = useRuleTexts();
  const { returnReasons: reasons } = draft;
  return (
    <Section
      title={t`Returns`}
      text={t`A buyer asks for a return, and somebody who is no party decides.`}
    >
      <TextField
        label={labels.returnWindowHours}
        required
        inputMode="numeric"
        maxLength={6}
        value={draft.returnWindowHours}
        onChange={(returnWindowHours) => onChange({ returnWindowHours })}
      />
      <div className={styles.rows} role="group" aria-label={labels.returnReasons}>
        {reasons.map(({ key, title }, at) => (
          <div key={at} className={styles.row}>
            <TextField
              label={t`Reason ${at + 1}`}
              required
              maxLength={100}
              value={title}
              onChange={(value) =>
                onChange({
                  returnReasons: reasons.map((one, index) =>
                    index === at ? { key, title: value } : one,
                  ),
                })
              }
            />
            <Button
              type="button"
              Icon={IconTrash}
              variant="secondary"
              ariaLabel={t`Remove the reason ${title}`}
              onClick={() =>
                onChange({ returnReasons: reasons.filter((_, index) => index !== at) })
              }
            />
          </div>
        ))}
        <SectionActions>
          <Button
            type="button"
            Icon={IconPlus}
            title={t`Add a reason`}
            variant="secondary"
            size="small"
            onClick={() => onChange({ returnReasons: [...reasons, { key: '', title: '' }] })}
          />
        </SectionActions>
      </div>
    </Section>
  );
}
