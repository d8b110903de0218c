import { useLingui } from '@lingui/react/macro';
import type { LeadRulesFragment } from '../../generated/graphql.ts';
import { SelectField } from '../../ui/form/select-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { FieldPair, Section } from '../../ui/section/section.tsx';

interface PolicySectionProps {
  readonly values: LeadRulesFragment;
  readonly onChange: (values: LeadRulesFragment) => void;
}

/** What becomes of duplicates, and what needs consent. */
export function PolicySection({ values, onChange }: PolicySectionProps) {
  const { t } = useLingui();
  const texts = usePolicyTexts();
  const options = (keys: readonly string[]) =>
    keys.map((value) => ({ value, label: texts[value] ?? value }));
  return (
    <Section
      title={t`Duplicates and consent`}
      text={t`The rules hold for everything that comes in: by hand, by file and from platforms.`}
    >
      <FieldPair>
        <SelectField
          label={t`The same number or address`}
          value={values.certain}
          options={options(['block', 'warn', 'merge'])}
          onChange={(certain) => onChange({ ...values, certain })}
        />
        <SelectField
          label={t`A similar name in the same city`}
          value={values.likely}
          options={options(['block', 'warn', 'ignore'])}
          onChange={(likely) => onChange({ ...values, likely })}
        />
        <SelectField
          label={t`To share and convert leads`}
          value={values.consent}
          options={options(['required', 'other_ground'])}
          onChange={(consent) => onChange({ ...values, consent })}
        />
        <TextField
          label={t`Country of numbers without a code`}
          hint={t`Two letters, for example UA.`}
          required
          maxLength={2}
          value={values.country}
          onChange={(country) => onChange({ ...values, country: country.toUpperCase() })}
        />
      </FieldPair>
    </Section>
  );
}

/** Choices of the rules in words. */
export function usePolicyTexts(): Readonly<Record<string, string>> {
  const { t } = useLingui();
  return {
    block: t`Is not entered again`,
    warn: t`Is entered with a warning`,
    merge: t`Is merged into the lead that is there`,
    ignore: t`Is another lead`,
    required: t`Consent is needed`,
    other_ground: t`There is another legal ground`,
  };
}
