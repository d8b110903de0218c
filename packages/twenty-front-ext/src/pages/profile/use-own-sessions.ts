import { useCallback, useEffect, useState } from 'react';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { useRequests } from '../../app/data/use-requests.ts';

/** A place where this person is signed in. */
export interface OwnSession {
  readonly id: string;
  /** Null: inside a page of twenty. */
  readonly userAgent: string | null;
  readonly address: string;
  readonly usedAt: string;
  readonly current: boolean;
  readonly end: () => Promise<void>;
}

interface BrowserSession {
  readonly id: string;
  readonly token: string;
  readonly updatedAt: string;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
}

interface EmbeddedSession {
  readonly id: string;
  readonly created_at: string;
}

export interface OwnSessions {
  readonly sessions: readonly OwnSession[] | null;
  readonly problem: Problem | null;
  readonly reload: () => Promise<void>;
  /** Ends all but the present one. */
  readonly endOthers: () => Promise<void>;
}

/** All sessions of the person, the present one first, then the one used last. */
export function useOwnSessions(): OwnSessions {
  const { request } = useRequests();
  const [sessions, setSessions] = useState<readonly OwnSession[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  const reload = useCallback(async () => {
    try {
      const [present, browsers, embedded] = await Promise.all([
        request<{ readonly session: BrowserSession } | null>('/v1/auth/get-session'),
        request<readonly BrowserSession[]>('/v1/auth/list-sessions'),
        request<{ readonly items: readonly EmbeddedSession[] }>('/v1/embed/sessions'),
      ]);
      const all = [
        ...browsers.map(({ id, token, userAgent, ipAddress, updatedAt }) => ({
          id,
          userAgent: userAgent ?? '',
          address: ipAddress ?? '',
          usedAt: updatedAt,
          current: id === present?.session.id,
          end: () => request<void>('/v1/auth/revoke-session', { method: 'POST', body: { token } }),
        })),
        ...embedded.items.map(({ id, created_at: usedAt }) => ({
          id,
          userAgent: null,
          address: '',
          usedAt,
          current: false,
          end: () => request<void>(`/v1/embed/sessions/${id}`, { method: 'DELETE' }),
        })),
      ];
      setSessions(all.toSorted((a, b) => rank(a).localeCompare(rank(b))).toReversed());
      setProblem(null);
    } catch (error) {
      setProblem(problemOf(error));
    }
  }, [request]);

  useEffect(() => void reload(), [reload]);

  const endOthers = async (): Promise<void> => {
    const embedded = sessions?.filter(({ userAgent }) => userAgent === null) ?? [];
    await request('/v1/auth/revoke-other-sessions', { method: 'POST', body: {} });
    await Promise.all(embedded.map((one) => one.end()));
  };
  return { sessions, problem, reload, endOthers };
}

function rank({ current, usedAt }: OwnSession): string {
  return `${current ? 1 : 0}${usedAt}`;
}
