import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useEffect, useMemo, useRef } from 'react';
import { useSession } from '../session/session-provider.tsx';
import { headersOf } from '../session/session.ts';
import { follow } from './follow.ts';

interface Listener<Data> {
  readonly heard: (data: Data) => void;
  /** The server refuses the subscription itself; it is tried again. */
  readonly refused?: (code: string) => void;
}

/** Listens to a subscription while the component is shown; null asks for none. */
export function useSubscription<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables | null,
  listener: Listener<Data>,
): void {
  const { credential, membership } = useSession();
  const { tenant } = membership;
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  // The same values in another object are the same question.
  const asked = JSON.stringify(variables);
  const question = useMemo<Variables | null>(() => JSON.parse(asked) as Variables | null, [asked]);
  useEffect(() => {
    if (question === null) return undefined;
    const stop = new AbortController();
    void follow(
      {
        document,
        variables: question,
        identity: () => headersOf(credential, tenant),
        heard: (data) => latest.current.heard(data),
        refused: (code) => latest.current.refused?.(code),
      },
      stop.signal,
    );
    return () => stop.abort();
  }, [document, question, credential, tenant]);
}
