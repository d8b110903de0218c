import { useApolloClient, useQuery } from '@apollo/client/react';
import { ASKED_ANEW } from '../../app/data/client.ts';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { ClientContactsDocument, SetClientContactsDocument } from '../../generated/graphql.ts';
import type { ClientContactsQuery, ContactDetailFragment } from '../../generated/graphql.ts';
import { contactsInput, draftOf, isSameContact } from './contact-draft.ts';
import type { ContactDraft } from './contact-draft.ts';

/** Attempts while others change other contacts of the same client at the same time. */
const ATTEMPTS = 5;

interface Contacts {
  /** Null while they load. */
  readonly contacts: readonly ContactDetailFragment[] | null;
  readonly problem: Problem | null;
  readonly retry: () => void;
  /**
   * Changes a contact, adds one (no contact) or takes it away (no draft). Gives the contact as somebody else has just
   * left it when that person was faster with the same one; then nothing is saved.
   */
  readonly save: (
    contact: ContactDetailFragment | null,
    draft: ContactDraft | null,
  ) => Promise<ContactDetailFragment | null>;
}

/** People at the client. Every look is written to the audit log, so they are read once, and again only to save. */
export function useContacts(id: string, onSaved: () => void): Contacts {
  const apollo = useApolloClient();
  const { data, error, refetch } = useQuery(ClientContactsDocument, {
    variables: { id },
    fetchPolicy: 'network-only',
    nextFetchPolicy: 'cache-first',
    context: ASKED_ANEW,
  });

  async function current(): Promise<ClientContactsQuery['client']> {
    const { data: fresh } = await apollo.query({
      query: ClientContactsDocument,
      variables: { id },
      fetchPolicy: 'network-only',
    });
    if (fresh === undefined) throw new Error('The answer has no data.');
    return fresh.client;
  }

  return {
    contacts: data?.client.contacts ?? null,
    problem: error === undefined || data !== undefined ? null : problemOf(error),
    retry: () => {
      refetch().catch(() => undefined);
    },
    save: async (contact, draft) => {
      let client = data?.client ?? (await current());
      for (let attempt = 1; ; attempt += 1) {
        try {
          const { version, contacts: all } = client;
          const contacts = contactsInput(all, contact?.id ?? null, draft);
          await apollo.mutate({
            mutation: SetClientContactsDocument,
            variables: { id, version, contacts },
          });
          onSaved();
          return null;
        } catch (failure) {
          if (problemOf(failure).code !== 'stale_version' || attempt === ATTEMPTS) throw failure;
        }
        client = await current();
        const now = client.contacts.find((one) => one.id === contact?.id);
        if (contact !== null && now !== undefined && !isSameContact(draftOf(now), draftOf(contact)))
          return now;
      }
    },
  };
}
