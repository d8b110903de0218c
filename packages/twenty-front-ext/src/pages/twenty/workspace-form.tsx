import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import { Button } from 'twenty-ui/input';
import { changesOf } from '../../app/data/save-versioned.ts';
import { useVersionedSave } from '../../app/data/use-versioned-save.ts';
import { SetTwentyWorkspaceDocument, TwentySettingsDocument } from '../../generated/graphql.ts';
import { ValuesConflict } from '../../ui/conflict/values-conflict.tsx';
import { Form } from '../../ui/form/form.tsx';
import { Section, SectionActions } from '../../ui/section/section.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useValueTexts } from './use-value-texts.ts';
import { WorkspaceFields } from './workspace-fields.tsx';
import { tidy, valuesOf } from './workspace-values.ts';
import type { WorkspaceValues } from './workspace-values.ts';

/** Everything of the sign-in from twenty; it is saved together. */
export function WorkspaceForm({ seen }: { readonly seen: WorkspaceValues }) {
  const { t } = useLingui();
  const snackbar = useSnackbar();
  const client = useApolloClient();
  const { labels, show } = useValueTexts();
  const [base, setBase] = useState(seen);
  const [values, setValues] = useState(seen);
  const changes = changesOf(base, tidy(values));
  const isChanged = Object.keys(changes).length > 0;
  // Somebody else saved while nothing was being edited here.
  if (!isChanged && base.version !== seen.version) {
    setBase(seen);
    setValues(seen);
  }
  // The server takes all values at once, so what others changed meanwhile is sent as they left it.
  const current = useRef(base);
  const { problem, busy, conflict, save, keepMine, takeTheirs } = useVersionedSave<WorkspaceValues>(
    {
      read: async () => {
        const { data } = await client.query({
          query: TwentySettingsDocument,
          fetchPolicy: 'network-only',
        });
        if (data === undefined) throw new Error('The answer has no data.');
        current.current = valuesOf(data.twentyWorkspace);
        return current.current;
      },
      send: async (version, part) => {
        const { data } = await client.mutate({
          mutation: SetTwentyWorkspaceDocument,
          variables: { input: { ...current.current, ...part, version } },
          refetchQueries: [TwentySettingsDocument],
        });
        if (data === undefined || data === null) throw new Error('The answer has no data.');
        return valuesOf(data.setTwentyWorkspace);
      },
      onSaved: (now) => {
        current.current = now;
        setBase(now);
        setValues(now);
        snackbar.success(t`Saved`);
      },
    },
  );
  const submit = async (): Promise<void> => {
    current.current = base;
    await save(base, changes);
  };
  return (
    <Form problem={problem} onSubmit={submit}>
      <Section
        title={t`Signing in from twenty`}
        text={t`Who has signed in to this workspace of twenty opens pages of MaK inside it, without signing in again.`}
      >
        <WorkspaceFields values={values} onChange={setValues} />
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
      </Section>
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
