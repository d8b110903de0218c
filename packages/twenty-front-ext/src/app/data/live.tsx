import { createClient } from 'graphql-ws';
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { ReactNode } from 'react';
import { print } from 'graphql';
import { ChangeQueue } from './change-queue.ts';
import type { Changed, Reader } from './change-queue.ts';
import { memberOf } from './member-of.ts';
import type { Credential } from '../session/session.ts';
import { headersOf } from '../session/session.ts';
import { DealChangesDocument } from '../../generated/graphql.ts';
import type { DealChangesSubscription } from '../../generated/graphql.ts';

type Listener = (changed: Changed) => void;

export type LiveState = 'connecting' | 'live' | 'lost';

interface Live {
  readonly state: LiveState;
  readonly listen: (listener: Listener) => () => void;
}

const LiveContext = createContext<Live | null>(null);

/** The server tells of at most so many deals at once. */
const CHANGES_LIMIT = 200;
/** In milliseconds. */
const RETRY = { first: 500, most: 10_000, forbidden: 60_000 } as const;

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
    void follow(() => headersOf(credential, tenant), stop.signal, setState, deliver);
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
  const [queue] = useState(() => new ChangeQueue());
  useEffect(() => {
    queue.readBy(reader);
  });
  useEffect(() => {
    queue.setReady(ready);
    return () => queue.setReady(false);
  }, [queue, ready]);
  // What could not be read is read with the next change; the shell says that the connection is lost.
  useEffect(
    () => listen?.((changed) => void queue.add(changed).catch(() => undefined)),
    [listen, queue],
  );
  return useCallback((changed) => queue.add(changed), [queue]);
}

async function follow(
  identity: () => Record<string, string>,
  stop: AbortSignal,
  tell: (state: LiveState) => void,
  heard: Listener,
): Promise<void> {
  let wait: number = RETRY.first;
  while (!stop.aborted) {
    const client = createClient({
      url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
      connectionParams: identity,
      retryAttempts: 0,
      lazy: true,
    });
    const end = (): void => void client.dispose();
    stop.addEventListener('abort', end, { once: true });
    const forbidden = await new Promise<boolean>((ended) => {
      client.subscribe<DealChangesSubscription>(
        { query: print(DealChangesDocument) },
        {
          next: ({ data }) => {
            const ids = data?.dealChanges.ids ?? [];
            wait = RETRY.first;
            tell('live');
            // Without ids the server says that it listens from now on.
            heard(ids.length === 0 || ids.length === CHANGES_LIMIT ? null : ids);
          },
          // The loop tries again; the shell says that the page is not live.
          error: (error) => ended(isForbidden(error)),
          complete: () => ended(false),
        },
      );
    });
    stop.removeEventListener('abort', end);
    void client.dispose();
    if (stop.aborted) return;
    if (forbidden) {
      // Nothing of what this person may see changes by itself, until somebody allows more.
      await pause(RETRY.forbidden, stop);
      continue;
    }
    tell('lost');
    await pause(wait, stop);
    wait = Math.min(wait * 2, RETRY.most);
  }
}

/** The server refuses the subscription itself: the person may see no deals. */
function isForbidden(error: unknown): boolean {
  const [first] = Array.isArray(error) ? (error as readonly unknown[]) : [];
  return memberOf(memberOf(first, 'extensions'), 'code') === 'forbidden';
}

function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    stop.addEventListener('abort', done, { once: true });
  });
}
