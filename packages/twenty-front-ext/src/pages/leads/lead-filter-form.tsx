import { useLingui } from '@lingui/react/macro';
import { useId, useState } from 'react';
import { useIsCompany } from '../../app/shell/is-company.ts';
import { useTenant } from '../../app/shell/tenant.tsx';
import { CompanyPicker } from '../../parts/companies/company-picker.tsx';
import { LEGAL_FORMS, useLegalFormNames } from '../../parts/companies/company-texts.ts';
import { LEAD_KINDS, useKindNames } from '../../parts/leads/lead-kinds.ts';
import type { LeadWords } from '../../parts/leads/use-lead-words.ts';
import { usePersonName } from '../../parts/people/person-name.tsx';
import { PersonPicker } from '../../parts/people/person-picker.tsx';
import { AmountRange } from '../../ui/form/amount-range.tsx';
import { CheckboxField } from '../../ui/form/checkbox-field.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { Suggestions } from '../../ui/form/suggestions.tsx';
import { TextField } from '../../ui/form/text-field.tsx';
import { CONSENTS } from './lead-filters.ts';
import type { LeadFilters } from './lead-filters.ts';
import { LISTS, useFilterTexts } from './use-filter-texts.ts';
import styles from './leads.module.css';

interface LeadFilterFormProps {
  readonly words: LeadWords;
  readonly value: LeadFilters;
  readonly onChange: (value: LeadFilters) => void;
}

/** Every filter; a change holds at once. */
export function LeadFilterForm({
  words: { rules, titleOf },
  value,
  onChange,
}: LeadFilterFormProps) {
  const { t } = useLingui();
  const isCompany = useIsCompany();
  const tenant = useTenant();
  const kinds = useKindNames();
  const legalForms = useLegalFormNames();
  const { lists, consents } = useFilterTexts();
  const set = (change: Partial<LeadFilters>): void => onChange({ ...value, ...change });
  const any = { value: '', label: t`Any` } as const;
  return (
    <>
      <SelectField
        label={t`Kind of status`}
        value={value.kind ?? ''}
        options={[any, ...LEAD_KINDS.map((kind) => ({ value: kind, label: kinds[kind] }))]}
        onChange={(kind) => set({ kind: kind === '' ? null : kind })}
      />
      {LISTS.map(({ key, list }) => {
        const chosen = value[key];
        const known = rules?.[list].map((one) => one.key) ?? [];
        // A word of an old address may be gone; it is still what holds.
        const all = chosen === null || known.includes(chosen) ? known : [...known, chosen];
        return (
          <SelectField
            key={key}
            label={lists[key]}
            value={chosen ?? ''}
            options={[any, ...all.map((one) => ({ value: one, label: titleOf(list, one) ?? one }))]}
            onChange={(one) => set({ [key]: one === '' ? null : one })}
          />
        );
      })}
      <SelectField
        label={t`Legal form`}
        value={value.legalForm ?? ''}
        options={[any, ...LEGAL_FORMS.map((form) => ({ value: form, label: legalForms[form] }))]}
        onChange={(form) => set({ legalForm: form === '' ? null : form })}
      />
      <AmountRange
        from={value.amountFrom}
        to={value.amountTo}
        currency={value.currency ?? tenant.currency}
        onChange={(amountFrom, amountTo, currency) => set({ amountFrom, amountTo, currency })}
      />
      <ScoreField value={value.scoreFrom} onChange={(scoreFrom) => set({ scoreFrom })} />
      <div className={styles.days}>
        <TextField
          label={t`Entered from`}
          type="date"
          value={value.enteredFrom ?? ''}
          onChange={(day) => set({ enteredFrom: day === '' ? null : day })}
        />
        <TextField
          label={t`Entered until`}
          type="date"
          value={value.enteredTo ?? ''}
          onChange={(day) => set({ enteredTo: day === '' ? null : day })}
        />
      </div>
      <SelectField
        label={t`Consent`}
        value={value.consent ?? ''}
        options={[any, ...CONSENTS.map((one) => ({ value: one, label: consents[one] }))]}
        onChange={(consent) => set({ consent: consent === '' ? null : consent })}
      />
      <SystemField value={value.system} onChange={(system) => set({ system })} />
      {!isCompany && <OfficeFilters value={value} onChange={onChange} />}
    </>
  );
}

/** What only the office knows of leads. */
function OfficeFilters({ value, onChange }: Omit<LeadFilterFormProps, 'words'>) {
  const { t } = useLingui();
  const responsible = usePersonName(value.responsible);
  const partner = usePersonName(value.partner);
  return (
    <>
      <CompanyPicker
        label={t`Partner`}
        placeholder={t`Anybody`}
        value={
          value.partner === null ? null : { value: value.partner, label: partner ?? value.partner }
        }
        onChange={(company) => onChange({ ...value, partner: company?.value ?? null })}
      />
      <PersonPicker
        label={t`Responsible`}
        placeholder={t`Anybody`}
        value={
          value.responsible === null
            ? null
            : { id: value.responsible, name: responsible ?? value.responsible }
        }
        onChange={(person) => onChange({ ...value, responsible: person?.id ?? null })}
      />
      <CheckboxField
        label={t`Perhaps duplicates only`}
        checked={value.duplicate}
        onChange={(duplicate) => onChange({ ...value, duplicate })}
      />
    </>
  );
}

interface ScoreFieldProps {
  readonly value: number | null;
  readonly onChange: (score: number | null) => void;
}

/** The least score; holds when one leaves the field. */
function ScoreField({ value, onChange }: ScoreFieldProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState(value === null ? '' : String(value));
  const score = /^\d{1,4}$/.test(typed.trim()) ? Number(typed) : null;
  const wrong = typed.trim() !== '' && score === null;
  return (
    <TextField
      label={t`Score from`}
      inputMode="numeric"
      value={typed}
      error={wrong ? t`Type a whole number.` : null}
      onChange={setTyped}
      onBlur={() => {
        if (!wrong && score !== value) onChange(score);
      }}
    />
  );
}

/** Systems that leads are kept equal with; platforms that push leads have names of their own. */
const SYSTEMS = ['twenty', 'amocrm', 'keycrm'];

interface SystemFieldProps {
  readonly value: string | null;
  readonly onChange: (system: string | null) => void;
}

/** Holds when one leaves the field: half a name finds nothing. */
function SystemField({ value, onChange }: SystemFieldProps) {
  const { t } = useLingui();
  const list = useId();
  const [typed, setTyped] = useState(value ?? '');
  const commit = (): void => {
    const system = typed.trim() === '' ? null : typed.trim();
    if (system !== value) onChange(system);
  };
  return (
    <div>
      <TextField
        label={t`Known in the system`}
        list={list}
        maxLength={64}
        value={typed}
        onChange={setTyped}
        onBlur={commit}
        onKeyDown={({ key }) => {
          if (key === 'Enter') commit();
        }}
      />
      <Suggestions id={list} values={SYSTEMS} />
    </div>
  );
}
