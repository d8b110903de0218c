import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { CompanyProfileDocument, EditCompanyProfileDocument } from '../../generated/graphql.ts';
import type { ContactState } from '../../generated/graphql.ts';
import { useLegalFormNames } from '../../parts/companies/company-texts.ts';
import type { Places } from '../../parts/companies/use-places.ts';
import { useVersionedForm } from '../../parts/versioned-form/use-versioned-form.ts';
import { VersionedForm } from '../../parts/versioned-form/versioned-form.tsx';
import { OfficeFields, OwnFields } from './profile-fields.tsx';
import { inputOf, trimmed, valuesOf } from './profile-values.ts';
import type { ProfileValues } from './profile-values.ts';

interface ProfileFormProps {
  /** As the server has it now. */
  readonly seen: ProfileValues;
  readonly places: Places;
  readonly companyId: string | null;
  readonly office: boolean;
  readonly contactState: ContactState;
}

/** Everything of a company that is saved together. */
export function ProfileForm({ seen, places, companyId, office, contactState }: ProfileFormProps) {
  const client = useApolloClient();
  const variables = { companyId };
  const form = useVersionedForm<ProfileValues>({
    seen,
    tidy: trimmed,
    read: async () => {
      const { data } = await client.query({
        query: CompanyProfileDocument,
        variables,
        fetchPolicy: 'network-only',
      });
      if (data === undefined) throw new Error('The answer has no data.');
      return valuesOf(data.companyProfile, places.titleOf);
    },
    send: async (version, part) => {
      const { data } = await client.mutate({
        mutation: EditCompanyProfileDocument,
        variables: { ...variables, input: inputOf(version, part) },
      });
      if (data === undefined || data === null) throw new Error('The answer has no data.');
      return valuesOf(data.editCompanyProfile, places.titleOf);
    },
  });
  const fields = { values: form.values, onChange: form.setValues, places, office, contactState };
  return (
    <VersionedForm form={form} {...useConflictTexts()}>
      <OwnFields {...fields} />
      <OfficeFields {...fields} />
    </VersionedForm>
  );
}

/** Names and values of the fields in words, to compare two of them. */
function useConflictTexts() {
  const { t } = useLingui();
  const legalForms = useLegalFormNames();
  const labels: Readonly<Record<keyof ProfileValues, string>> = {
    companyName: t`Company name`,
    legalForm: t`Legal form`,
    taxNumber: t`Tax number`,
    phone: t`Telephone`,
    cities: t`Cities`,
    niches: t`Niches`,
    grade: t`Grade`,
    leadCapacity: t`Leads at a time`,
    version: '',
  };
  const show = (values: Partial<ProfileValues>, field: keyof ProfileValues): string => {
    const value = values[field];
    if (value === 'sole_trader' || value === 'company') return legalForms[value];
    if (typeof value === 'object') return value.join(', ');
    return value === undefined || value === '' ? t`none` : String(value);
  };
  return { labels, show };
}
