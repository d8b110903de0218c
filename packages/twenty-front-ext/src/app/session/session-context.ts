import { createContext, useContext } from 'react';
import type { Session } from './session.ts';
import type { SessionState } from './session-state.ts';

export interface Sessions {
  readonly state: SessionState;
  /** Asks the server again who is signed in. */
  readonly refresh: () => Promise<void>;
  /** The same after a sign-in; the other tabs of the browser follow. */
  readonly arrive: () => Promise<void>;
  readonly switchTenant: (tenantId: string) => void;
  readonly signOut: () => Promise<void>;
  /** Says that the server refused the session. The page is kept; the person is asked to sign in again. */
  readonly recheck: () => void;
}

export const SessionsContext = createContext<Sessions | null>(null);
export const SessionContext = createContext<Session | null>(null);

/** Whether anybody is signed in, and how that changes. */
export function useSessions(): Sessions {
  const sessions = useContext(SessionsContext);
  if (sessions === null) throw new Error('useSessions is used outside of SessionProvider');
  return sessions;
}

/** Who is signed in; for pages that are shown only then. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession is used outside of a signed-in page');
  return session;
}
