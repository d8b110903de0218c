import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { SetTwentyWorkspaceDocument, TwentySettingsDocument } from '../../generated/graphql.ts';
import { useVersionedForm } from '../../parts/versioned-form/use-versioned-form.ts';
import { VersionedForm } from '../../parts/versioned-form/versioned-form.tsx';
import { Section } from '../../ui/section/section.tsx';
import { useValueTexts } from './use-value-texts.ts';
import { WorkspaceFields } from './workspace-fields.tsx';
import { tidy, valuesOf } from './workspace-values.ts';
import type { WorkspaceValues } from './workspace-values.ts';

/** Everything of the sign-in from twenty; it is saved together. */
export function WorkspaceForm({ seen }: { readonly seen: WorkspaceValues }) {
  const { t } = useLingui();
  const client = useApolloClient();
  const form = useVersionedForm<WorkspaceValues>({
    seen,
    tidy,
    read: async () => {
      const { data } = await client.query({
        query: TwentySettingsDocument,
        fetchPolicy: 'network-only',
      });
      if (data === undefined) throw new Error('The answer has no data.');
      return valuesOf(data.twentyWorkspace);
    },
    // The server takes all values at once, so what others changed meanwhile is sent as they left it.
    send: async (_version, _part, whole) => {
      const { data } = await client.mutate({
        mutation: SetTwentyWorkspaceDocument,
        variables: { input: whole },
        refetchQueries: [TwentySettingsDocument],
      });
      if (data === undefined || data === null) throw new Error('The answer has no data.');
      return valuesOf(data.setTwentyWorkspace);
    },
  });
  return (
    <VersionedForm form={form} {...useValueTexts()}>
      <Section
        title={t`Signing in from twenty`}
        text={t`Who has signed in to this workspace of twenty opens pages of MaK inside it, without signing in again.`}
      >
        <WorkspaceFields values={form.values} onChange={form.setValues} />
      </Section>
    </VersionedForm>
  );
}
