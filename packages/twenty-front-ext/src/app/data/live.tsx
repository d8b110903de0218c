import { createClient } from 'graphql-ws';
import { createContext, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { print } from 'graphql';
import type { Questions } from './questions.ts';
import type { Credential } from '../session/session.ts';
import { headersOf } from '../session/session.ts';
import { DealChangesDocument } from '../../generated/graphql.ts';
import type { DealChangesSubscription } from '../../generated/graphql.ts';

/** Deals that have changed; null when it is not known which, so that everything shown is to be read again. */
export type Changed = readonly string[] | null;
type Listener = (changed: Changed) => void;

export type LiveState = 'connecting' | 'live' | 'lost';

interface Live {
  readonly state: LiveState;
  readonly listen: (listener: Listener) => () => void;
}

const LiveContext = createContext<Live | null>(null);

/** The server tells of at most so many deals at once. */
const CHANGES_LIMIT = 200;
const RETRY = { first: 500, most: 10_000 } as const;
/** Until an answer is on the page, in milliseconds. */
const SHOWN = 50;

/**
 * Hears of every change of a deal, for all pages at once. What pages have asked before the server listened for them, at
 * first or after a lost connection, is read anew, so that nothing is missed.
 */
export function LiveProvider({
  credential,
  tenant,
  questions,
  children,
}: {
  readonly credential: Credential;
  /** Key of the tenant. */
  readonly tenant: string;
  readonly questions: Questions;
  readonly children: ReactNode;
}) {
  const listeners = useRef(new Set<Listener>());
  const [state, setState] = useState<LiveState>('connecting');

  useEffect(() => {
    const stop = new AbortController();
    // An answer that is on its way would replace what a page reads because of the change.
    const deliver = async (changed: Changed): Promise<void> => {
      await questions.answered();
      await pause(SHOWN, stop.signal);
      if (!stop.signal.aborted) for (const listener of listeners.current) listener(changed);
    };
    const { asked } = questions;
    void follow(() => headersOf(credential, tenant), stop.signal, setState, {
      listening: () => void (questions.asked > asked && deliver(null)),
      changed: (ids) => void deliver(ids),
    });
    return () => stop.abort();
  }, [credential, tenant, questions]);

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

/** Calls the handler when deals have changed, in whatever way, while the component is shown. */
export function useDealChanges(handler: Listener): void {
  const listen = useContext(LiveContext)?.listen;
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => listen?.((changed) => latest.current(changed)), [listen]);
}

async function follow(
  identity: () => Record<string, string>,
  stop: AbortSignal,
  tell: (state: LiveState) => void,
  heard: { readonly listening: () => void; readonly changed: Listener },
): Promise<void> {
  let wait: number = RETRY.first;
  while (!stop.aborted) {
    const client = createClient({
      url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
      connectionParams: identity,
      retryAttempts: 0,
      lazy: true,
      on: {
        connected: () => {
          wait = RETRY.first;
          tell('live');
        },
      },
    });
    const end = (): void => void client.dispose();
    stop.addEventListener('abort', end, { once: true });
    await new Promise<void>((ended) => {
      client.subscribe<DealChangesSubscription>(
        { query: print(DealChangesDocument) },
        {
          next: ({ data }) => {
            const ids = data?.dealChanges.ids ?? [];
            // Without ids the server says that it listens from now on.
            if (ids.length === 0) heard.listening();
            else heard.changed(ids.length < CHANGES_LIMIT ? ids : null);
          },
          // The loop tries again; the shell says that the page is not live.
          error: () => ended(),
          complete: () => ended(),
        },
      );
    });
    stop.removeEventListener('abort', end);
    void client.dispose();
    if (stop.aborted) return;
    tell('lost');
    await pause(wait, stop);
    wait = Math.min(wait * 2, RETRY.most);
  }
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
