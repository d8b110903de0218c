import { useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import { useIsCompany } from '../../app/shell/is-company.ts';
import { useTenant } from '../../app/shell/tenant.tsx';
import type { LeadRulesFragment } from '../../generated/graphql.ts';
import { CompanyPicker } from '../../parts/companies/company-picker.tsx';
import { LEGAL_FORMS, useLegalFormNames } from '../../parts/companies/company-texts.ts';
import { PersonPicker } from '../../parts/people/person-picker.tsx';
import { CheckboxField } from '../../ui/form/checkbox-field.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { Suggestions } from '../../ui/form/suggestions.tsx';
import { TextArea } from '../../ui/form/text-area.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { TokensField } from '../../ui/form/tokens-field.tsx';
import { readMoney } from '../../ui/format/money-text.ts';
import type { LeadDraft } from './new-lead-draft.ts';
import styles from './leads.module.css';

interface LeadFieldsProps {
  readonly value: LeadDraft;
  readonly rules: LeadRulesFragment;
  readonly onChange: (value: LeadDraft) => void;
}

/** The fields of a new lead. What only the office says is not asked of a company. */
export function LeadFields({ value, rules, onChange }: LeadFieldsProps) {
  const { t } = useLingui();
  const isCompany = useIsCompany();
  const { currency } = useTenant();
  const legalForms = useLegalFormNames();
  const set = (change: Partial<LeadDraft>): void => onChange({ ...value, ...change });
  const none = { value: '', label: t`Not chosen` } as const;
  const wrongAmount = value.amount.trim() !== '' && readMoney(value.amount, currency) === null;
  return (
    <>
      <TextField
        label={t({ message: 'Name', context: 'of a person' })}
        maxLength={1_000}
        value={value.name}
        onChange={(name) => set({ name })}
      />
      <TokensField
        label={t`Telephone numbers`}
        values={value.phones}
        placeholder={t`Add a number`}
        onChange={(phones) => set({ phones })}
      />
      <TokensField
        label={t`E-mail addresses`}
        values={value.emails}
        placeholder={t`Add an address`}
        onChange={(emails) => set({ emails })}
      />
      <div className={styles.grid}>
        <Word
          label={t`City`}
          words={rules.cities.map(({ title }) => title)}
          value={value.city}
          onChange={(city) => set({ city })}
        />
        <Word
          label={t`Niche`}
          words={rules.niches.map(({ title }) => title)}
          value={value.niche}
          onChange={(niche) => set({ niche })}
        />
        <SelectField
          label={t`Legal form`}
          value={value.legalForm}
          options={[none, ...LEGAL_FORMS.map((form) => ({ value: form, label: legalForms[form] }))]}
          onChange={(legalForm) => set({ legalForm })}
        />
        {!isCompany && (
          <SelectField
            label={t`Source`}
            value={value.source}
            options={[{ value: '', label: t`Choose` }, ...choices(rules.sources)]}
            onChange={(source) => set({ source })}
          />
        )}
        <SelectField
          label={t`Handling`}
          value={value.handling}
          options={[none, ...choices(rules.handlings)]}
          onChange={(handling) => set({ handling })}
        />
        <TextField
          label={t`Amount, ${currency}`}
          inputMode="decimal"
          value={value.amount}
          error={wrongAmount ? t`Type an amount, e.g. 1500.` : null}
          onChange={(amount) => set({ amount })}
        />
        {!isCompany && (
          <>
            <CompanyPicker
              label={t`Partner`}
              placeholder={t`Nobody`}
              value={value.partner}
              onChange={(partner) => set({ partner })}
            />
            <PersonPicker
              label={t`Responsible`}
              placeholder={t`Nobody`}
              value={value.responsible}
              onChange={(responsible) => set({ responsible })}
            />
          </>
        )}
      </div>
      <TextArea
        label={t`Comment`}
        rows={2}
        maxLength={10_000}
        value={value.comment}
        onChange={(comment) => set({ comment })}
      />
      <CheckboxField
        label={t`The person agrees to the processing of personal data`}
        checked={value.consented}
        onChange={(consented) => set({ consented })}
      />
      {value.consented && (
        <TextField
          label={t`Where the consent stands`}
          hint={t`For example a form, its version, or a call.`}
          required
          maxLength={200}
          value={value.evidence}
          onChange={(evidence) => set({ evidence })}
        />
      )}
    </>
  );
}

interface Choice {
  readonly key: string;
  readonly title: string;
}

function choices(list: readonly Choice[]) {
  return list.map(({ key, title }) => ({ value: key, label: title }));
}

function Word({
  label,
  words,
  value,
  onChange,
}: {
  readonly label: string;
  readonly words: readonly string[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const list = useId();
  return (
    <div>
      <TextField label={label} list={list} maxLength={200} value={value} onChange={onChange} />
      <Suggestions id={list} values={words} />
    </div>
  );
}
