import { ApolloProvider } from '@apollo/client/react';
import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { createClient } from '../data/client.ts';
import { LiveProvider } from '../data/live.tsx';
import { problemOf } from '../data/problem.ts';
import type { Problem } from '../data/problem.ts';
import { request } from '../data/request.ts';
import { recall, remember } from '../storage.ts';
import type { Credential, Membership, Session, SignedIn } from './session.ts';

export type SessionState =
  | { readonly kind: 'checking' }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'unreachable'; readonly problem: Problem }
  /** Signed in, but without an account anywhere. */
  | { readonly kind: 'no-tenant'; readonly user: SignedIn }
  /** Signed in, but the tenant asks for a second factor that has yet to be set up. */
  | { readonly kind: 'needs-totp'; readonly session: Session }
  | { readonly kind: 'signed-in'; readonly session: Session; readonly expired: boolean };

interface Sessions {
  readonly state: SessionState;
  /** Asks the server again who is signed in, e.g. after a sign-in; with a token for an embedded page. */
  readonly refresh: (credential?: Credential) => Promise<void>;
  readonly switchTenant: (tenantId: string) => void;
  readonly signOut: () => Promise<void>;
  /** Says that a request was refused because the session has ended. */
  readonly expire: () => void;
}

const SessionsContext = createContext<Sessions | null>(null);
const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [state, setState] = useState<SessionState>({ kind: 'checking' });

  const refresh = useCallback(async (credential: Credential = { kind: 'cookie' }) => {
    try {
      const user = await request<SignedIn>('/v1/me', { credential });
      setState((before) => settle(before, credential, user));
    } catch (error) {
      const problem = problemOf(error);
      setState(problem.status === 401 ? { kind: 'signed-out' } : { kind: 'unreachable', problem });
    }
  }, []);

  useEffect(() => {
    // An embedded page begins with a code in its address and asks for itself.
    if (location.pathname !== '/embed') void refresh();
  }, [refresh]);

  const switchTenant = useCallback((tenantId: string) => {
    remember('tenant', tenantId);
    setState((before) =>
      before.kind === 'signed-in'
        ? settle({ kind: 'checking' }, before.session.credential, before.session.user)
        : before,
    );
  }, []);

  const signOut = useCallback(async () => {
    const credential =
      state.kind === 'signed-in' || state.kind === 'needs-totp'
        ? state.session.credential
        : ({ kind: 'cookie' } as const);
    await request('/v1/auth/sign-out', { method: 'POST', body: {}, credential });
    setState({ kind: 'signed-out' });
  }, [state]);

  const expire = useCallback(() => {
    setState((before) => (before.kind === 'signed-in' ? { ...before, expired: true } : before));
  }, []);

  const sessions = useMemo(
    () => ({ state, refresh, switchTenant, signOut, expire }),
    [state, refresh, switchTenant, signOut, expire],
  );
  return <SessionsContext value={sessions}>{children}</SessionsContext>;
}

/** A person who signs in again in the middle of an edit keeps the page and everything in it. */
function settle(before: SessionState, credential: Credential, user: SignedIn): SessionState {
  const membership = chooseMembership(user.tenants);
  if (membership === null) return { kind: 'no-tenant', user };
  if (
    before.kind === 'signed-in' &&
    before.session.user.id === user.id &&
    before.session.credential.kind === 'cookie' &&
    credential.kind === 'cookie'
  ) {
    return { ...before, expired: false };
  }
  const session = { credential, user, membership };
  if (membership.totp_required && !user.totp) return { kind: 'needs-totp', session };
  return { kind: 'signed-in', session, expired: false };
}

function chooseMembership(tenants: readonly Membership[]): Membership | null {
  const last = recall('tenant');
  return tenants.find(({ tenant_id: id }) => id === last) ?? tenants[0] ?? null;
}

/** Everything that needs a session: data, live events. A change of person or tenant begins anew. */
export function SignedInProvider({
  session,
  children,
}: {
  readonly session: Session;
  readonly children: ReactNode;
}) {
  const { expire } = useSessions();
  const client = useMemo(
    () =>
      createClient({
        credential: session.credential,
        tenant: session.membership.tenant,
        onExpired: expire,
      }),
    [session, expire],
  );
  return (
    <SessionContext value={session}>
      <ApolloProvider client={client}>
        <LiveProvider session={session}>{children}</LiveProvider>
      </ApolloProvider>
    </SessionContext>
  );
}

export function useSessions(): Sessions {
  const sessions = useContext(SessionsContext);
  if (sessions === null) throw new Error('useSessions is used outside of SessionProvider');
  return sessions;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession is used outside of a signed-in page');
  return session;
}
