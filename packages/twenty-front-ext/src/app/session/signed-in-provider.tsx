import { ApolloProvider } from '@apollo/client/react';
import { useEffect, useMemo, useRef } from 'react';
import type { ReactNode } from 'react';
import { createClient } from '../data/client.ts';
import { LiveProvider } from '../data/live.tsx';
import { SessionContext, useSessions } from './session-context.ts';
import type { Session } from './session.ts';

/** Everything that needs a session: data, live events. A change of person or tenant begins anew. */
export function SignedInProvider({
  session,
  expired,
  children,
}: {
  readonly session: Session;
  readonly expired: boolean;
  readonly children: ReactNode;
}) {
  const { recheck } = useSessions();
  const { credential, membership } = session;
  const client = useMemo(
    () => createClient({ credential, tenant: membership.tenant, onRefused: recheck }),
    [credential, membership.tenant, recheck],
  );

  // What was refused meanwhile is asked again when the person is back.
  const wasExpired = useRef(expired);
  useEffect(() => {
    if (wasExpired.current && !expired) void client.refetchQueries({ include: 'active' });
    wasExpired.current = expired;
  }, [client, expired]);

  return (
    <SessionContext value={session}>
      <ApolloProvider client={client}>
        <LiveProvider credential={credential} tenant={membership.tenant}>
          {children}
        </LiveProvider>
      </ApolloProvider>
    </SessionContext>
  );
}
