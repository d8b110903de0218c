import { createContext, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { Changed, Reader } from './change-queue.ts';
import { follow } from './follow.ts';
import type { LiveState } from './follow.ts';
import { useChangeQueue } from './use-change-queue.ts';
import type { Credential } from '../session/session.ts';
import { headersOf } from '../session/session.ts';
import { DealChangesDocument } from '../../generated/graphql.ts';

type Listener = (changed: Changed) => void;

interface Live {
  readonly state: LiveState;
  readonly listen: (listener: Listener) => () => void;
}

const LiveContext = createContext<Live | null>(null);

/** The server tells of at most so many deals at once. */
const CHANGES_LIMIT = 200;

/**
 * Hears of every change of a deal, for all pages at once. What is shown when the server begins to listen, at first or after
 * a lost connection, is read anew, so that nothing is missed.
 */
export function LiveProvider({
  credential,
  tenant,
  children,
}: {
  readonly credential: Credential;
  /** Key of the tenant. */
  readonly tenant: string;
  readonly children: ReactNode;
}) {
  const listeners = useRef(new Set<Listener>());
  const [state, setState] = useState<LiveState>('connecting');

  useEffect(() => {
    const stop = new AbortController();
    const deliver = (changed: Changed): void =>
      listeners.current.forEach((listener) => listener(changed));
    void follow(
      {
        document: DealChangesDocument,
        variables: {},
        identity: () => headersOf(credential, tenant),
        tell: setState,
        heard: ({ dealChanges: { ids } }) =>
          // Without ids the server says that it listens from now on.
          deliver(ids.length === 0 || ids.length === CHANGES_LIMIT ? null : ids),
      },
      stop.signal,
    );
    return () => stop.abort();
  }, [credential, tenant]);

  const live = useMemo<Live>(
    () => ({
      state,
      listen: (listener) => {
        listeners.current.add(listener);
        return () => listeners.current.delete(listener);
      },
    }),
    [state],
  );
  return <LiveContext value={live}>{children}</LiveContext>;
}

export function useLiveState(): LiveState {
  return useContext(LiveContext)?.state ?? 'connecting';
}

/**
 * Calls the reader when deals have changed, in whatever way, while the component is shown: one change after another, and
 * only while it is `ready`, which it is not while all that it shows is being read. Returns what tells it of a change of
 * one's own.
 */
export function useDealChanges(reader: Reader, ready = true): (changed: Changed) => Promise<void> {
  const listen = useContext(LiveContext)?.listen;
  const add = useChangeQueue(reader, ready);
  // What could not be read is read with the next change; the shell says that the connection is lost.
  useEffect(() => listen?.((changed) => void add(changed).catch(() => undefined)), [listen, add]);
  return add;
}
