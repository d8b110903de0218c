import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { createClient } from 'graphql-ws';
import { memberOf } from './member-of.ts';

export type LiveState = 'connecting' | 'live' | 'lost';

interface Followed<Data, Variables extends Record<string, unknown>> {
  readonly document: TypedDocumentNode<Data, Variables>;
  readonly variables: Variables;
  /** Headers of who asks, with every connection anew. */
  readonly identity: () => Record<string, string>;
  readonly heard: (data: Data) => void;
  readonly tell?: (state: LiveState) => void;
  /** The server refuses the subscription itself, with this code. */
  readonly refused?: (code: string) => void;
}

/** In milliseconds. */
const RETRY = { first: 500, most: 10_000, forbidden: 60_000 } as const;

/** Follows a subscription until it is stopped. When the connection is lost or the server ends it, it begins anew. */
export async function follow<Data, Variables extends Record<string, unknown>>(
  followed: Followed<Data, Variables>,
  stop: AbortSignal,
): Promise<void> {
  const { tell, refused } = followed;
  let wait: number = RETRY.first;
  while (!stop.aborted) {
    const code = await listen(followed, stop, () => {
      wait = RETRY.first;
      tell?.('live');
    });
    if (stop.aborted) return;
    if (code !== null) refused?.(code);
    if (code === 'forbidden') {
      // Nothing of what this person may see changes by itself, until somebody allows more.
      await pause(RETRY.forbidden, stop);
      continue;
    }
    tell?.('lost');
    await pause(wait, stop);
    wait = Math.min(wait * 2, RETRY.most);
  }
}

/** Listens until the end, and answers with which code the server refused; null when it did not. */
async function listen<Data, Variables extends Record<string, unknown>>(
  { document, variables, identity, heard }: Followed<Data, Variables>,
  stop: AbortSignal,
  alive: () => void,
): Promise<string | null> {
  const client = createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    connectionParams: identity,
    retryAttempts: 0,
    lazy: true,
  });
  const end = (): void => void client.dispose();
  stop.addEventListener('abort', end, { once: true });
  const code = await new Promise<string | null>((ended) => {
    client.subscribe<Data>(
      { query: print(document), variables },
      {
        next: ({ data }) => {
          alive();
          if (data !== undefined && data !== null) heard(data);
        },
        // It is tried again; the shell says that the page is not live.
        error: (error) => ended(codeOf(error)),
        complete: () => ended(null),
      },
    );
  });
  stop.removeEventListener('abort', end);
  void client.dispose();
  return code;
}

function codeOf(error: unknown): string | null {
  const [first] = Array.isArray(error) ? (error as readonly unknown[]) : [];
  const code = memberOf(memberOf(first, 'extensions'), 'code');
  return typeof code === 'string' ? code : null;
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
