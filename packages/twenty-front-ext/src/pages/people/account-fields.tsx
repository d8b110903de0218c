import { useLingui } from '@lingui/react/macro';
import { LANGUAGES } from '../../app/i18n/languages.ts';
import type { Role } from '../../generated/graphql.ts';
import { ROLES, useRoleNames } from '../../parts/access/access-texts.ts';
import { PersonNameField } from '../../parts/people/person-name-field.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';

export interface AccountValues {
  readonly name: string;
  readonly role: Role;
  readonly locale: string;
}

interface AccountFieldsProps {
  readonly values: AccountValues;
  readonly onChange: (values: AccountValues) => void;
}

/** Name, role and language of an account. */
export function AccountFields({ values, onChange }: AccountFieldsProps) {
  const { t } = useLingui();
  const roleNames = useRoleNames();
  return (
    <>
      <PersonNameField value={values.name} onChange={(name) => onChange({ ...values, name })} />
      <SelectField
        label={t`Role`}
        hint={t`What it may do is in the permission matrix.`}
        value={values.role}
        options={ROLES.map((value) => ({ value, label: roleNames[value] }))}
        onChange={(role) => onChange({ ...values, role })}
      />
      <SelectField
        label={t`Language`}
        hint={t`Of letters and pages; the person can choose another one.`}
        value={values.locale}
        options={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
        onChange={(locale) => onChange({ ...values, locale })}
      />
    </>
  );
}
