import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import type { FieldPolicy } from '@apollo/client';
import { SetContextLink } from '@apollo/client/link/context';
import { ErrorLink } from '@apollo/client/link/error';
import { RetryLink } from '@apollo/client/link/retry';
import { OperationTypeNode } from 'graphql';
import type { Credential } from '../session/session.ts';
import { headersOf } from '../session/session.ts';
import { problemOf, refusesSession } from './problem.ts';

interface ClientOptions {
  readonly credential: Credential;
  readonly tenant: string;
  /** Called when the server refuses the session itself. */
  readonly onRefused: () => void;
}

/**
 * Context of questions that are asked because something has changed. The same question that is on its way would answer
 * them too, with what it read before.
 */
export const ASKED_ANEW = { queryDeduplication: false };

interface ItemPage {
  readonly items: readonly unknown[];
  readonly next: string | null;
}

/** Pages of a list follow each other; without a cursor it begins anew. */
const BY_CURSOR: FieldPolicy<ItemPage> = {
  keyArgs: (args) => Object.keys(args ?? {}).filter((name) => name !== 'cursor'),
  merge: (before, page, { args }) =>
    before === undefined || typeof args?.['cursor'] !== 'string'
      ? page
      : { ...page, items: [...before.items, ...page.items] },
};

/** One client per session, so that nothing of one person or tenant is ever shown to the next. */
export function createClient(options: ClientOptions): ApolloClient {
  const { credential, tenant, onRefused } = options;
  const http = new HttpLink({
    uri: '/graphql',
    credentials: credential.kind === 'cookie' ? 'same-origin' : 'omit',
  });
  // With every request anew: an embedded page gets new tokens.
  const identity = new SetContextLink(() => ({ headers: headersOf(credential, tenant) }));
  const expiry = new ErrorLink(({ error }) => {
    if (refusesSession(problemOf(error))) onRefused();
  });
  // A question may be asked again; a change is sent again only by the person who made it.
  const retry = new RetryLink({
    delay: { initial: 300, max: 3_000, jitter: true },
    attempts: (count, operation, error) =>
      count < 4 &&
      operation.operationType === OperationTypeNode.QUERY &&
      problemOf(error).code === 'offline',
  });
  return new ApolloClient({
    link: ApolloLink.from([expiry, retry, identity, http]),
    cache: new InMemoryCache({
      typePolicies: {
        Query: {
          fields: {
            deal: {
              read: (_, { args, toReference }) =>
                toReference({ __typename: 'Deal', id: String(args?.['id']) }),
            },
            accounts: BY_CURSOR,
            apiClients: BY_CURSOR,
            bidHistory: BY_CURSOR,
            auditEntries: BY_CURSOR,
            connectorConflicts: BY_CURSOR,
            connectorDeadLetters: BY_CURSOR,
            connectorDivergences: BY_CURSOR,
            connectorJournal: BY_CURSOR,
            connectorMessages: BY_CURSOR,
            exchangeRates: BY_CURSOR,
            leadDuplicates: BY_CURSOR,
            leads: BY_CURSOR,
            lots: BY_CURSOR,
            myBids: BY_CURSOR,
            notifications: BY_CURSOR,
            returns: BY_CURSOR,
            twentyUsers: BY_CURSOR,
            walletStatement: BY_CURSOR,
            wallets: BY_CURSOR,
            webhookDeliveries: BY_CURSOR,
            wonLeads: BY_CURSOR,
          },
        },
        // There is one of it; queries ask for different parts.
        Me: { keyFields: [] },
        TwentyWorkspace: { keyFields: [] },
        AuctionRules: { keyFields: [] },
        LeadSettings: { keyFields: [] },
        Wallet: { keyFields: ['accountId', 'currency'] },
        RolePermissions: { keyFields: ['role'] },
        Connector: { keyFields: ['key'] },
        // Parts of a deal or a pipeline, without an identity of their own.
        Gate: { keyFields: false },
        BoardColumn: { keyFields: false },
        ExternalRef: { keyFields: false },
        // The same record in several systems.
        RecordSync: { keyFields: ['connector', 'id'] },
        // A run has no id but the event that opened it.
        SlaDeskRun: { keyFields: ['dealId', 'timer', 'openedSource', 'openedEventId'] },
      },
    }),
    defaultOptions: { watchQuery: { fetchPolicy: 'cache-and-network' } },
  });
}
