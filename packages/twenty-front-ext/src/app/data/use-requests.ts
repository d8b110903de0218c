import { useMemo } from 'react';
import { useSession, useSessions } from '../session/session-context.ts';
import { problemOf, refusesSession } from './problem.ts';
import { download, request } from './request.ts';
import type { RequestOptions } from './request.ts';

type Options = Omit<RequestOptions, 'credential' | 'tenant'>;

interface Requests {
  readonly request: <T>(path: string, options?: Options) => Promise<T>;
  readonly download: (path: string, options?: Options) => Promise<Blob>;
}

/** REST requests of the person who is signed in, in the present tenant. They throw a Problem. */
export function useRequests(): Requests {
  const { credential, membership } = useSession();
  const { recheck } = useSessions();
  const { tenant } = membership;
  return useMemo(() => {
    const watch = async <T>(answer: Promise<T>): Promise<T> => {
      try {
        return await answer;
      } catch (error) {
        if (refusesSession(problemOf(error))) recheck();
        throw error;
      }
    };
    return {
      request: (path, options) => watch(request(path, { ...options, credential, tenant })),
      download: (path, options) => watch(download(path, { ...options, credential, tenant })),
    };
  }, [credential, tenant, recheck]);
}
