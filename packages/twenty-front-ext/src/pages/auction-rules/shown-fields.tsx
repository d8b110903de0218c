import { useLingui } from '@lingui/react/macro';
import { TextField } from '../../ui/form/text-field.tsx';
import { TokensField } from '../../ui/form/tokens-field.tsx';
import { readMoney } from '../../ui/format/money-text.ts';
import { Section } from '../../ui/section/section.tsx';
import type { RulesProps } from './rules-form.tsx';
import { useRuleTexts } from './use-rule-texts.ts';

/** What bidders see of an amount, and when they hear that a lot ends. */
export function ShownFields({ draft, onChange, currency }: RulesProps & { currency: string }) {
  const { t } = useLingui();
  const { labels } = useRuleTexts();
  const wrong = draft.amountBands.find((text) => (readMoney(text, currency) ?? 0) <= 0);
  return (
    <Section title={t`What bidders see`}>
      <TokensField
        label={`${labels.amountBands}, ${currency}`}
        hint={t`Where each band begins. Bidders see the band of a lead's amount, never the amount.`}
        error={wrong === undefined ? null : t`${wrong} is no amount.`}
        values={draft.amountBands}
        onChange={(amountBands) => onChange({ amountBands })}
      />
      <TextField
        label={labels.endingSoonMinutes}
        hint={t`Those who have bid and who follow the lot.`}
        required
        inputMode="numeric"
        maxLength={6}
        value={draft.endingSoonMinutes}
        onChange={(endingSoonMinutes) => onChange({ endingSoonMinutes })}
      />
    </Section>
  );
}
