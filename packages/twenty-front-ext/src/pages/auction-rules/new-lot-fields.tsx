import { useLingui } from '@lingui/react/macro';
import { useLotKinds } from '../../parts/auction/lot-state.tsx';
import { CheckboxField } from '../../ui/form/checkbox-field.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { FieldPair, Section } from '../../ui/section/section.tsx';
import type { RulesProps } from './rules-form.tsx';
import { useRuleTexts } from './use-rule-texts.ts';

const KINDS = ['ascending', 'sealed', 'descending'] as const;

/** What the page of a new lot begins with. */
export function NewLotFields({ draft, onChange, currency }: RulesProps & { currency: string }) {
  const { t } = useLingui();
  const kinds = useLotKinds();
  const { labels } = useRuleTexts();
  const number = (
    name: 'lotHours' | 'lotInterval' | 'lotWindow' | 'lotExtension' | 'lotTimes',
  ) => ({
    label: labels[name],
    required: true,
    inputMode: 'numeric' as const,
    maxLength: 6,
    value: draft[name],
    onChange: (value: string) => onChange({ [name]: value }),
  });
  const money = (name: 'lotStart' | 'lotStep') => ({
    label: `${labels[name]}, ${currency}`,
    hint: t`May stay empty.`,
    inputMode: 'decimal' as const,
    autoComplete: 'off',
    maxLength: 20,
    value: draft[name],
    onChange: (value: string) => onChange({ [name]: value }),
  });
  return (
    <Section
      title={t`New lots`}
      text={t`A new lot begins with this. Whoever makes it can change all of it.`}
    >
      <FieldPair>
        <SelectField
          label={labels.lotKind}
          value={draft.lotKind}
          options={KINDS.map((value) => ({ value, label: kinds[value] }))}
          onChange={(lotKind) => onChange({ lotKind })}
        />
        <TextField {...number('lotHours')} />
      </FieldPair>
      <FieldPair>
        <TextField {...money('lotStart')} />
        <TextField {...money('lotStep')} />
      </FieldPair>
      <TextField {...number('lotInterval')} />
      <CheckboxField
        label={labels.lotExtends}
        hint={t`So that nobody wins by waiting for the last second.`}
        checked={draft.lotExtends}
        onChange={(lotExtends) => onChange({ lotExtends })}
      />
      {draft.lotExtends && (
        <FieldPair>
          <TextField {...number('lotWindow')} />
          <TextField {...number('lotExtension')} />
          <TextField {...number('lotTimes')} />
        </FieldPair>
      )}
    </Section>
  );
}
