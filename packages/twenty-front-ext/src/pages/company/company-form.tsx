import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { changesOf } from '../../app/data/save-versioned.ts';
import { useVersionedSave } from '../../app/data/use-versioned-save.ts';
import { CompanySettingsDocument, UpdateCompanyDocument } from '../../generated/graphql.ts';
import { ValuesConflict } from '../../ui/conflict/values-conflict.tsx';
import { Form } from '../../ui/form/form.tsx';
import { SectionActions, Sections } from '../../ui/section/section.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
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

/** Everything of a tenant that is saved together. What is typed stays when others save meanwhile. */
export function CompanyForm({ seen, readOnly }: CompanyFormProps) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const client = useApolloClient();
  const { labels, show } = useValueTexts();
  const [base, setBase] = useState(seen);
  const [values, setValues] = useState(seen);
  const changes = changesOf(base, trimmed(values));
  const isChanged = Object.keys(changes).length > 0;
  // Somebody else saved while nothing was being edited here.
  if (!isChanged && base.version !== seen.version) {
    setBase(seen);
    setValues(seen);
  }
  const { problem, busy, conflict, save, keepMine, takeTheirs } = useVersionedSave<CompanyValues>({
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
    onSaved: (now) => {
      setBase(now);
      setValues(now);
      snackbar.success(t`Saved`);
    },
  });
  const fields = { values, onChange: setValues, disabled: readOnly };
  return (
    <Form problem={problem} onSubmit={() => save(base, changes)}>
      <Sections>
        <CompanyTexts {...fields} />
        <CalendarSection {...fields} />
        {!readOnly && (
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
        )}
      </Sections>
      {conflict !== null && (
        <ValuesConflict
          rows={conflict.fields.map((field) => ({
            label: labels[field],
            mine: show(conflict.changes, field),
            theirs: show(conflict.now, field),
          }))}
          onKeepMine={() => void keepMine()}
          onTakeTheirs={() => void takeTheirs()}
        />
      )}
    </Form>
  );
}
