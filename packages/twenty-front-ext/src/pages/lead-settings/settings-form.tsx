import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from 'twenty-ui/input';
import { changesOf } from '../../app/data/save-versioned.ts';
import { useVersionedSave } from '../../app/data/use-versioned-save.ts';
import { LeadSettingsDocument, SaveLeadSettingsDocument } from '../../generated/graphql.ts';
import type { LeadRulesFragment } from '../../generated/graphql.ts';
import { ValuesConflict } from '../../ui/conflict/values-conflict.tsx';
import { Form } from '../../ui/form/form.tsx';
import { SectionActions, Sections } from '../../ui/section/section.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { inputOf } from './settings-input.ts';
import { ChoicesSection } from './choices-section.tsx';
import { PolicySection, usePolicyTexts } from './policy-section.tsx';
import { StatusesSection } from './statuses-section.tsx';

/** All settings of leads; they are saved together. What is typed stays when others save meanwhile. */
export function SettingsForm({ seen }: { readonly seen: LeadRulesFragment }) {
  const { t } = useLingui();
  const client = useApolloClient();
  const snackbar = useSnackbar();
  const { labels, show } = useConflictTexts();
  const [base, setBase] = useState(seen);
  const [values, setValues] = useState(seen);
  const changes = changesOf(base, values);
  const isChanged = Object.keys(changes).length > 0;
  // Somebody else saved while nothing was being edited here.
  if (!isChanged && base.version !== seen.version) {
    setBase(seen);
    setValues(seen);
  }
  const { problem, busy, conflict, save, keepMine, takeTheirs } =
    useVersionedSave<LeadRulesFragment>({
      read: async () => {
        const { data } = await client.query({
          query: LeadSettingsDocument,
          fetchPolicy: 'network-only',
        });
        if (data === undefined) throw new Error('The answer has no data.');
        return data.leadSettings;
      },
      send: async (version, part) => {
        const { data } = await client.mutate({
          mutation: SaveLeadSettingsDocument,
          variables: { input: inputOf(version, part) },
          refetchQueries: [LeadSettingsDocument],
        });
        if (data === undefined || data === null) throw new Error('The answer has no data.');
        return data.saveLeadSettings;
      },
      onSaved: (now) => {
        setBase(now);
        setValues(now);
        snackbar.success(t`Saved`);
      },
    });
  const lists = [
    { field: 'sources', text: t`Where leads come from.`, add: t`New source` },
    { field: 'handlings', text: t`How leads are worked.`, add: t`New way of handling` },
    { field: 'cities', text: t`Only these are shown of a lead on auction.`, add: t`New city` },
    { field: 'niches', text: t`Only these are shown of a lead on auction.`, add: t`New niche` },
  ] as const;
  return (
    <Form problem={problem} onSubmit={() => save(base, changes)}>
      <Sections>
        <PolicySection values={values} onChange={setValues} />
        <StatusesSection
          statuses={values.statuses}
          onChange={(statuses) => setValues({ ...values, statuses: [...statuses] })}
        />
        {lists.map(({ field, text, add }) => (
          <ChoicesSection
            key={field}
            title={labels[field]}
            text={text}
            addLabel={add}
            choices={values[field]}
            onChange={(choices) => setValues({ ...values, [field]: choices })}
          />
        ))}
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
            label: labels[field],
            mine: show(conflict.changes[field]),
            theirs: show(conflict.now[field]),
          }))}
          onKeepMine={() => void keepMine()}
          onTakeTheirs={() => void takeTheirs()}
        />
      )}
    </Form>
  );
}

/** Names and values of the settings in words, to compare two of them. */
function useConflictTexts() {
  const { t } = useLingui();
  const policies = usePolicyTexts();
  const labels: Readonly<Record<keyof LeadRulesFragment, string>> = {
    version: '',
    statuses: t`Statuses`,
    sources: t`Sources`,
    handlings: t`Ways of handling`,
    cities: t`Cities`,
    niches: t`Niches`,
    certain: t`The same number or address`,
    likely: t`A similar name in the same city`,
    consent: t`To share and convert leads`,
    country: t`Country of numbers without a code`,
  };
  const show = (value: LeadRulesFragment[keyof LeadRulesFragment] | undefined): string => {
    if (typeof value === 'object') return value.map(({ title }) => title).join(', ');
    return value === undefined ? '' : (policies[value] ?? String(value));
  };
  return { labels, show };
}
