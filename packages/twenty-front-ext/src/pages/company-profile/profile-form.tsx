import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { changesOf } from '../../app/data/save-versioned.ts';
import { useVersionedSave } from '../../app/data/use-versioned-save.ts';
import { CompanyProfileDocument, EditCompanyProfileDocument } from '../../generated/graphql.ts';
import type { ContactState } from '../../generated/graphql.ts';
import { useLegalFormNames } from '../../parts/companies/company-texts.ts';
import type { Places } from '../../parts/companies/use-places.ts';
import { ValuesConflict } from '../../ui/conflict/values-conflict.tsx';
import { Form } from '../../ui/form/form.tsx';
import { SectionActions, Sections } from '../../ui/section/section.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
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

/** Everything of a company that is saved together. What is typed stays when others save meanwhile. */
export function ProfileForm({ seen, places, companyId, office, contactState }: ProfileFormProps) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const client = useApolloClient();
  const text = useConflictTexts();
  const [base, setBase] = useState(seen);
  const [values, setValues] = useState(seen);
  const changes = changesOf(base, trimmed(values));
  const isChanged = Object.keys(changes).length > 0;
  // Somebody else saved while nothing was being edited here.
  if (!isChanged && base.version !== seen.version) {
    setBase(seen);
    setValues(seen);
  }
  const variables = { companyId };
  const { problem, busy, conflict, save, keepMine, takeTheirs } = useVersionedSave<ProfileValues>({
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
    onSaved: (now) => {
      setBase(now);
      setValues(now);
      snackbar.success(t`Saved`);
    },
  });
  const fields = { values, onChange: setValues, places, office, contactState };
  return (
    <Form problem={problem} onSubmit={() => save(base, changes)}>
      <Sections>
        <OwnFields {...fields} />
        <OfficeFields {...fields} />
        <SectionActions>
          <Button
            type="submit"
            title={t`Save`}
            variant="primary"
            accent="blue"
            disabled={busy || !isChanged}
          />
          {isChanged && (
            <Button
              type="button"
              title={t`Discard changes`}
              variant="secondary"
              onClick={() => setValues(base)}
            />
          )}
        </SectionActions>
      </Sections>
      {conflict !== null && (
        <ValuesConflict
          rows={conflict.fields.map((field) => ({
            label: text.labels[field],
            mine: text.show(conflict.changes[field]),
            theirs: text.show(conflict.now[field]),
          }))}
          onKeepMine={() => void keepMine()}
          onTakeTheirs={() => void takeTheirs()}
        />
      )}
    </Form>
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
  const show = (value: ProfileValues[keyof ProfileValues] | undefined): string => {
    if (value === 'sole_trader' || value === 'company') return legalForms[value];
    if (typeof value === 'object') return value.join(', ');
    return value === undefined || value === '' ? t`none` : String(value);
  };
  return { labels, show };
}
