import { useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import { CompanyPicker } from '../../parts/companies/company-picker.tsx';
import { LEGAL_FORMS, useLegalFormNames } from '../../parts/companies/company-texts.ts';
import type { LeadWords } from '../../parts/leads/use-lead-words.ts';
import { PersonPicker } from '../../parts/people/person-picker.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { Suggestions } from '../../ui/form/suggestions.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { TokensField } from '../../ui/form/tokens-field.tsx';
import type { LeadField, LeadValues } from './lead-values.ts';

interface FieldInputProps {
  readonly field: LeadField;
  readonly label: string;
  readonly words: LeadWords;
  readonly values: LeadValues;
  readonly wrong: string | null;
  readonly onChange: (values: LeadValues) => void;
}

/** The input for one field of a lead. */
export function FieldInput({ field, label, words, values, wrong, onChange }: FieldInputProps) {
  const { t } = useLingui();
  const list = useId();
  const legalForms = useLegalFormNames();
  const none = { value: '', label: t`Not chosen` };
  const set = (value: LeadValues[LeadField]): void => onChange({ ...values, [field]: value });
  switch (field) {
    case 'phones':
    case 'emails':
      return <TokensField label={label} labelHidden values={values[field]} onChange={set} />;
    case 'responsible':
      return (
        <PersonPicker
          label={label}
          labelHidden
          placeholder={t`Nobody`}
          value={values.responsible}
          onChange={set}
        />
      );
    case 'partner':
      return (
        <CompanyPicker
          label={label}
          labelHidden
          placeholder={t`Nobody`}
          value={
            values.partner === null
              ? null
              : { value: values.partner.id, label: values.partner.name }
          }
          onChange={(company) =>
            set(company === null ? null : { id: company.value, name: company.label })
          }
        />
      );
    case 'source': {
      const sources = words.rules?.sources ?? [];
      return (
        <SelectField
          label={label}
          labelHidden
          value={values.source}
          options={sources.map(({ key, title }) => ({ value: key, label: title }))}
          onChange={set}
        />
      );
    }
    case 'legalForm':
      return (
        <SelectField
          label={label}
          labelHidden
          value={values.legalForm}
          options={[none, ...LEGAL_FORMS.map((form) => ({ value: form, label: legalForms[form] }))]}
          onChange={set}
        />
      );
    case 'handling': {
      const handlings = words.rules?.handlings ?? [];
      const options = handlings.map(({ key, title }) => ({ value: key, label: title }));
      return (
        <SelectField
          label={label}
          labelHidden
          value={values.handling}
          options={[none, ...options]}
          onChange={set}
        />
      );
    }
    case 'city':
    case 'niche': {
      const known = words.rules?.[field === 'city' ? 'cities' : 'niches'] ?? [];
      return (
        <>
          <TextField
            label={label}
            labelHidden
            list={list}
            maxLength={200}
            value={values[field]}
            onChange={set}
          />
          <Suggestions id={list} values={known.map(({ title }) => title)} />
        </>
      );
    }
    case 'name':
    case 'title':
    case 'score':
    case 'amount':
      return (
        <TextField
          label={label}
          labelHidden
          {...LIMITS[field]}
          value={values[field]}
          error={wrong}
          onChange={set}
        />
      );
  }
}

const LIMITS = {
  name: { maxLength: 1_000 },
  title: { maxLength: 200 },
  score: { inputMode: 'numeric' },
  amount: { inputMode: 'decimal' },
} as const;
