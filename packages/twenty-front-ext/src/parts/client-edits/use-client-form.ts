import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { useAttempt } from '../../app/data/use-attempt.ts';
import {
  ClientNowDocument,
  CreateClientDocument,
  EditClientDocument,
} from '../../generated/graphql.ts';
import type { EditableClientFragment } from '../../generated/graphql.ts';
import {
  changedFields,
  draftOf,
  inputOf,
  mergeDrafts,
  NEW_CLIENT,
  withFields,
} from './client-draft.ts';
import type { ClientDraft, ClientField } from './client-draft.ts';

/** Attempts while others change other fields of the same client at the same time. */
const ATTEMPTS = 5;

/** Somebody else changed the same fields meanwhile. */
export interface ClientConflict {
  readonly theirs: ClientDraft;
  readonly fields: readonly ClientField[];
}

interface ClientForm {
  readonly draft: ClientDraft;
  readonly change: (draft: ClientDraft) => void;
  readonly conflict: ClientConflict | null;
  readonly problem: Problem | null;
  readonly busy: boolean;
  readonly save: () => Promise<void>;
  /** Takes the other person's values into the form. */
  readonly takeTheirs: () => void;
}

/** A form for a new client, or for one that is there. What was typed stays until the server has it. */
export function useClientForm(
  client: EditableClientFragment | null,
  onSaved: (client: EditableClientFragment) => void,
): ClientForm {
  const apollo = useApolloClient();
  const { problem, busy, run } = useAttempt();
  const [base, setBase] = useState(client);
  const [draft, setDraft] = useState(client === null ? NEW_CLIENT : draftOf(client));
  const [conflict, setConflict] = useState<ClientConflict | null>(null);

  async function create(): Promise<void> {
    const { name, ...rest } = inputOf(draft);
    const { data } = await apollo.mutate({
      mutation: CreateClientDocument,
      variables: { input: { ...rest, kind: draft.kind, name: name ?? '' } },
    });
    if (data !== undefined && data !== null) onSaved(data.createClient);
  }

  async function edit(from: EditableClientFragment): Promise<void> {
    let before = from;
    let mine = draft;
    for (let attempt = 1; ; attempt += 1) {
      const fields = changedFields(draftOf(before), mine);
      if (fields.length === 0) {
        onSaved(before);
        return;
      }
      try {
        const { data } = await apollo.mutate({
          mutation: EditClientDocument,
          variables: {
            id: before.id,
            input: { ...inputOf(mine, fields), version: before.version },
          },
        });
        if (data !== undefined && data !== null) onSaved(data.editClient);
        return;
      } catch (error) {
        if (problemOf(error).code !== 'stale_version' || attempt === ATTEMPTS) throw error;
      }
      const { data } = await apollo.query({
        query: ClientNowDocument,
        variables: { id: before.id },
        fetchPolicy: 'network-only',
      });
      if (data === undefined) throw new Error('The answer has no data.');
      const theirs = draftOf(data.client);
      const merged = mergeDrafts(draftOf(before), mine, theirs);
      before = data.client;
      mine = merged.draft;
      setBase(before);
      setDraft(mine);
      if (merged.conflicts.length > 0) {
        setConflict({ theirs, fields: merged.conflicts });
        return;
      }
    }
  }

  return {
    draft,
    change: setDraft,
    conflict,
    problem,
    busy,
    save: async () => {
      setConflict(null);
      await run(() => (base === null ? create() : edit(base)));
    },
    takeTheirs: () => {
      if (conflict !== null) setDraft(withFields(draft, conflict.theirs, conflict.fields));
      setConflict(null);
    },
  };
}
