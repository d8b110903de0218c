import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { problemOf } from '../data/problem.ts';
import { request } from '../data/request.ts';
import { embedded } from '../embed/embedded.ts';
import { hasFirstCode, listenToHost, takeFirstCode } from '../embed/host.ts';
import { useLanguage } from '../i18n/i18n.tsx';
import { recall, remember } from '../storage.ts';
import { listenToOtherTabs, tellOtherTabs } from './other-tabs.ts';
import { SessionsContext } from './session-context.ts';
import { BearerCredential, COOKIE } from './session.ts';
import type { Credential, SignedIn } from './session.ts';
import { fail, inTenant, settle } from './session-state.ts';
import type { SessionState } from './session-state.ts';

export { useSession, useSessions } from './session-context.ts';

/** Who is signed in. An embedded page opens its session with codes of its host, all others with the browser's cookie. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [state, setState] = useState<SessionState>(() =>
    embedded && !hasFirstCode() ? { kind: 'signed-out' } : { kind: 'checking' },
  );
  const [credential] = useState<Credential>(() => (embedded ? new BearerCredential() : COOKIE));
  // A code that could not be sent yet.
  const waitingCode = useRef<string | null>(null);
  const { adopt } = useLanguage();

  const ask = useCallback(async () => {
    try {
      let sender = credential;
      if (credential.kind === 'bearer' && waitingCode.current !== null) {
        sender = await exchange(waitingCode.current);
        waitingCode.current = null;
      }
      const user = await request<SignedIn>('/v1/me', { credential: sender });
      if (credential.kind === 'bearer' && sender.kind === 'bearer') credential.renew(sender.token);
      setState((before) => settle(before, credential, user, recall('tenant')));
    } catch (error) {
      const problem = problemOf(error);
      if (problem.status === 401) waitingCode.current = null;
      setState((before) => fail(before, problem));
    }
  }, [credential]);
  // One after another: what is refused for a token that has ended must not be heard after what a new one is told.
  const turn = useRef(Promise.resolve());
  const refresh = useCallback(() => {
    turn.current = turn.current.then(ask);
    return turn.current;
  }, [ask]);

  useEffect(() => {
    if (!embedded) {
      void refresh();
      return listenToOtherTabs((word) => {
        if (word === 'signed-out') setState({ kind: 'signed-out' });
        else void refresh();
      });
    }
    const open = (code: string | null): void => {
      if (code === null) return;
      waitingCode.current = code;
      void refresh();
    };
    open(takeFirstCode());
    return listenToHost(({ code }) => open(code));
  }, [refresh]);

  const arrive = useCallback(async () => {
    await refresh();
    tellOtherTabs('signed-in');
  }, [refresh]);

  const switchTenant = useCallback((tenantId: string) => {
    remember('tenant', tenantId);
    setState((before) => inTenant(before, tenantId));
  }, []);

  const signOut = useCallback(async () => {
    try {
      await request('/v1/auth/sign-out', { method: 'POST', body: {}, credential });
    } catch (error) {
      // The session had ended already.
      if (problemOf(error).status !== 401) throw error;
    }
    tellOtherTabs('signed-out');
    setState({ kind: 'signed-out' });
  }, [credential]);

  // Many requests may be refused at once.
  const checking = useRef(false);
  const recheck = useCallback(() => {
    if (checking.current) return;
    checking.current = true;
    void refresh().finally(() => {
      checking.current = false;
    });
  }, [refresh]);

  const locale = state.kind === 'signed-in' ? state.session.membership.locale : null;
  useEffect(() => adopt(locale), [adopt, locale]);

  const sessions = useMemo(
    () => ({ state, refresh, arrive, switchTenant, signOut, recheck }),
    [state, refresh, arrive, switchTenant, signOut, recheck],
  );
  return <SessionsContext value={sessions}>{children}</SessionsContext>;
}

/** Exchanges a one-time code of the host for a token. */
async function exchange(code: string): Promise<BearerCredential> {
  const { token } = await request<{ readonly token: string }>('/v1/embed/sessions', {
    method: 'POST',
    body: { code },
    credential: new BearerCredential(),
  });
  return new BearerCredential(token);
}
