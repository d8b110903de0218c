import { useLingui } from '@lingui/react/macro';
import { CheckboxField } from '../../ui/form/checkbox-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { FieldPair, Section } from '../../ui/section/section.tsx';
import type { RulesProps } from './rules-form.tsx';
import { useRuleTexts } from './use-rule-texts.ts';

/** What becomes of lots that nobody has bought. */
export function UnsoldFields({ draft, onChange }: RulesProps) {
  const { t } = useLingui();
  const { labels } = useRuleTexts();
  return (
    <Section
      title={t`Unsold lots`}
      text={t`They are offered again, then given out, then they go back to the head office.`}
    >
      <FieldPair>
        <TextField
          label={labels.relists}
          required
          inputMode="numeric"
          maxLength={6}
          value={draft.relists}
          onChange={(relists) => onChange({ relists })}
        />
        <TextField
          label={labels.cheaperBy}
          required
          inputMode="numeric"
          maxLength={6}
          value={draft.cheaperBy}
          onChange={(cheaperBy) => onChange({ cheaperBy })}
        />
      </FieldPair>
      <CheckboxField
        label={labels.assigns}
        hint={t`Free of charge, to who works in the city and has room for more leads.`}
        checked={draft.assigns}
        onChange={(assigns) => onChange({ assigns })}
      />
    </Section>
  );
}
