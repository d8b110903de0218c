import { useApolloClient } from '@apollo/client/react';
import { CompanySettingsDocument, UpdateCompanyDocument } from '../../generated/graphql.ts';
import { useVersionedForm } from '../../parts/versioned-form/use-versioned-form.ts';
import { VersionedForm } from '../../parts/versioned-form/versioned-form.tsx';
import { CalendarSection } from './calendar-section.tsx';
import { CompanyTexts } from './company-sections.tsx';
import { inputOf, trimmed, valuesOf } from './company-values.ts';
import type { CompanyValues } from './company-values.ts';
import { useValueTexts } from './use-value-texts.ts';

interface CompanyFormProps {
  /** As the server has it now. */
  readonly seen: CompanyValues;
  readonly readOnly: boolean;
}

/** Everything of a tenant that is saved together. */
export function CompanyForm({ seen, readOnly }: CompanyFormProps) {
  const client = useApolloClient();
  const form = useVersionedForm<CompanyValues>({
    seen,
    tidy: trimmed,
    read: async () => {
      const { data } = await client.query({
        query: CompanySettingsDocument,
        fetchPolicy: 'network-only',
      });
      if (data === undefined) throw new Error('The answer has no data.');
      return valuesOf(data.tenant);
    },
    send: async (version, part) => {
      const { data } = await client.mutate({
        mutation: UpdateCompanyDocument,
        variables: { input: inputOf(version, part) },
      });
      if (data === undefined || data === null) throw new Error('The answer has no data.');
      return valuesOf(data.updateTenant);
    },
  });
  const fields = { values: form.values, onChange: form.setValues, disabled: readOnly };
  return (
    <VersionedForm form={form} {...useValueTexts()} readOnly={readOnly}>
      <CompanyTexts {...fields} />
      <CalendarSection {...fields} />
    </VersionedForm>
  );
}
