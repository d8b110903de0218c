import { createClient } from 'graphql-ws';
import { createContext, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { print } from 'graphql';
import type { Credential } from '../session/session.ts';
import { headersOf } from '../session/session.ts';
import { DealEventsDocument } from '../../generated/graphql.ts';
import type { DealEventsSubscription } from '../../generated/graphql.ts';

export type DealEvent = DealEventsSubscription['masterDealEvents'];
type Listener = (events: readonly DealEvent[]) => void;

export type LiveState = 'connecting' | 'live' | 'lost';

interface Live {
  readonly state: LiveState;
  readonly listen: (listener: Listener) => () => void;
}

const LiveContext = createContext<Live | null>(null);

/** Events that come together are told together, in milliseconds. */
const GATHER = 100;
const RETRY = { first: 500, most: 10_000 } as const;

/**
 * Follows the canonical events of the tenant for all pages at once. After a lost connection it goes on behind the last
 * event that was seen, so a page that listens misses nothing.
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
    void follow(
      () => headersOf(credential, tenant),
      stop.signal,
      setState,
      (events) => {
        for (const listener of listeners.current) listener(events);
      },
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

/** Calls the handler with every batch of canonical events while the component is shown. */
export function useDealEvents(handler: Listener): void {
  const listen = useContext(LiveContext)?.listen;
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => listen?.((events) => latest.current(events)), [listen]);
}

async function follow(
  identity: () => Record<string, string>,
  stop: AbortSignal,
  tell: (state: LiveState) => void,
  deliver: Listener,
): Promise<void> {
  let after: string | null = null;
  let wait: number = RETRY.first;
  let gathered: DealEvent[] = [];
  const flush = (): void => {
    const events = gathered;
    gathered = [];
    deliver(events);
  };
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
      client.subscribe<DealEventsSubscription>(
        { query: print(DealEventsDocument), variables: { after } },
        {
          next: ({ data }) => {
            if (data?.masterDealEvents === undefined) return;
            after = data.masterDealEvents.position;
            if (gathered.push(data.masterDealEvents) === 1) setTimeout(flush, GATHER);
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
