import { useApolloClient, useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { changesOf } from '../../app/data/save-versioned.ts';
import { useVersionedSave } from '../../app/data/use-versioned-save.ts';
import { useTenant } from '../../app/shell/tenant.tsx';
import { EditLeadDocument, LeadPageDocument } from '../../generated/graphql.ts';
import type { LeadDetailFragment } from '../../generated/graphql.ts';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';
import { inputOf, valuesOf } from './lead-values.ts';
import type { LeadField, LeadValues } from './lead-values.ts';

interface OpenLead {
  readonly lead: LeadDetailFragment | null;
  readonly problem: Problem | null;
  readonly reload: () => Promise<LeadDetailFragment | null>;
}

export function useLead(id: string): OpenLead {
  const { data, error, refetch } = useQuery(LeadPageDocument, { variables: { id } });
  const lead = data?.lead ?? null;
  return {
    lead,
    problem: error === undefined || lead !== null ? null : problemOf(error),
    reload: async () => (await refetch()).data?.lead ?? null,
  };
}

/** The lead as the server has it now. */
export function useReadLead(id: string): () => Promise<LeadDetailFragment> {
  const client = useApolloClient();
  return async () => {
    const { data } = await client.query({
      query: LeadPageDocument,
      variables: { id },
      fetchPolicy: 'network-only',
    });
    if (data === undefined) throw new Error('The answer has no data.');
    return data.lead;
  };
}

/** Saving of one field of a lead, with a way back. */
export function useLeadEdit(lead: LeadDetailFragment, field: LeadField, onSaved: () => void) {
  const { t } = useLingui();
  const client = useApolloClient();
  const tenant = useTenant();
  const snackbar = useSnackbar();
  const textOf = useProblemText();
  const readLead = useReadLead(lead.id);
  const currency = lead.currency ?? tenant.currency;
  const before = valuesOf(lead);

  const send = async (version: number, changes: Partial<LeadValues>): Promise<LeadValues> => {
    const { data } = await client.mutate({
      mutation: EditLeadDocument,
      variables: { id: lead.id, input: inputOf(version, changes, currency) },
    });
    if (data === undefined || data === null) throw new Error('The answer has no data.');
    return valuesOf(data.editLead);
  };
  const undo = (version: number): void => {
    send(version, { [field]: before[field] })
      .then(() => snackbar.success(t`Undone`))
      .catch((error: unknown) => snackbar.error(textOf(problemOf(error))));
  };
  const versioned = useVersionedSave<LeadValues>({
    read: async () => valuesOf(await readLead()),
    send,
    onSaved: (now) => {
      onSaved();
      if (JSON.stringify(now[field]) !== JSON.stringify(before[field]))
        snackbar.success(t`Saved`, { label: t`Undo`, run: () => undo(now.version) });
    },
  });
  return {
    ...versioned,
    before,
    currency,
    /** Nothing is sent when nothing was changed. */
    save: async (values: LeadValues): Promise<void> => {
      const changes = changesOf({ [field]: before[field] }, { [field]: values[field] });
      if (Object.keys(changes).length === 0) onSaved();
      else await versioned.save(before, changes);
    },
  };
}
