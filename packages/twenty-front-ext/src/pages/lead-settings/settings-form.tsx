import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { LeadSettingsDocument, SaveLeadSettingsDocument } from '../../generated/graphql.ts';
import type { LeadRulesFragment } from '../../generated/graphql.ts';
import { useVersionedForm } from '../../parts/versioned-form/use-versioned-form.ts';
import { VersionedForm } from '../../parts/versioned-form/versioned-form.tsx';
import { ChoicesSection } from './choices-section.tsx';
import { PolicySection, usePolicyTexts } from './policy-section.tsx';
import { inputOf } from './settings-input.ts';
import { StatusesSection } from './statuses-section.tsx';

/** All settings of leads; they are saved together. */
export function SettingsForm({ seen }: { readonly seen: LeadRulesFragment }) {
  const { t } = useLingui();
  const client = useApolloClient();
  const texts = useConflictTexts();
  const form = useVersionedForm<LeadRulesFragment>({
    seen,
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
  });
  const { values, setValues } = form;
  const lists = [
    { field: 'sources', text: t`Where leads come from.`, add: t`New source` },
    { field: 'handlings', text: t`How leads are worked.`, add: t`New way of handling` },
    { field: 'cities', text: t`Only these are shown of a lead on auction.`, add: t`New city` },
    { field: 'niches', text: t`Only these are shown of a lead on auction.`, add: t`New niche` },
  ] as const;
  return (
    <VersionedForm form={form} {...texts}>
      <PolicySection values={values} onChange={setValues} />
      <StatusesSection
        statuses={values.statuses}
        onChange={(statuses) => setValues({ ...values, statuses: [...statuses] })}
      />
      {lists.map(({ field, text, add }) => (
        <ChoicesSection
          key={field}
          title={texts.labels[field]}
          text={text}
          addLabel={add}
          choices={values[field]}
          make={(choice) => choice}
          onChange={(choices) => setValues({ ...values, [field]: choices })}
        />
      ))}
    </VersionedForm>
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
  const show = (rules: Partial<LeadRulesFragment>, field: keyof LeadRulesFragment): string => {
    const value = rules[field];
    if (typeof value === 'object') return value.map(({ title }) => title).join(', ');
    return value === undefined ? '' : (policies[value] ?? String(value));
  };
  return { labels, show };
}
