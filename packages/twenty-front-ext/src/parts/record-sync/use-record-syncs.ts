import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ClientSyncsDocument, RecordSyncsDocument } from '../../generated/graphql.ts';
import type { CatalogueKind, RecordSyncLineFragment } from '../../generated/graphql.ts';
import { pauseAfter, turnOf } from './looks.ts';

/** Records that are asked for at once. */
const MOST = 100;

/** Kinds of records that other systems may have. */
export type SyncedKind = CatalogueKind | 'client';

export type RecordSyncs = ReadonlyMap<string, readonly RecordSyncLineFragment[]>;

interface Known {
  readonly syncs: readonly RecordSyncLineFragment[];
  readonly revision: number;
}

/**
 * How records are in other systems, by id, as it becomes known. Another revision, of all of them or of one, asks anew; what
 * waits is looked at until it does not wait any more.
 */
export function useRecordSyncs(
  kind: SyncedKind,
  ids: readonly string[],
  revisions: number | ReadonlyMap<string, number> = 0,
): RecordSyncs {
  const client = useApolloClient();
  const [known, setKnown] = useState<ReadonlyMap<string, Known>>(new Map());
  const revisionOf = useCallback(
    (id: string) => (typeof revisions === 'number' ? revisions : (revisions.get(id) ?? 0)),
    [revisions],
  );
  const wanted = ids
    .filter((id) => known.get(id)?.revision !== revisionOf(id))
    .slice(0, MOST)
    .join(' ');
  const waiting = ids
    .filter((id) => known.get(id)?.syncs.some(({ state }) => state === 'pending'))
    .join(' ');
  const turn = useRef(0);

  const ask = useCallback(
    async (asked: readonly string[], isLeft: () => boolean): Promise<void> => {
      const lines = await readSyncs(client, kind, [...asked]);
      if (lines === undefined || isLeft()) return;
      const found = Map.groupBy(lines, ({ id }) => id);
      const fresh = asked.map(
        (id) => [id, { syncs: found.get(id) ?? [], revision: revisionOf(id) }] as const,
      );
      setKnown((before) => new Map([...before, ...fresh]));
    },
    [client, kind, revisionOf],
  );
  useEffect(() => {
    if (wanted === '') return undefined;
    let left = false;
    // The records are shown without it; the next change asks again.
    ask(wanted.split(' '), () => left).catch(() => undefined);
    return () => {
      left = true;
    };
  }, [ask, wanted]);
  useEffect(() => {
    if (waiting === '') return undefined;
    const all = waiting.split(' ');
    let left = false;
    let looks = 0;
    const look = (): void => {
      if (!document.hidden) {
        ask(turnOf(all, turn.current, MOST), () => left).catch(() => undefined);
        turn.current += MOST;
        looks += 1;
      }
      timer = setTimeout(look, pauseAfter(looks));
    };
    let timer = setTimeout(look, pauseAfter(looks));
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [ask, waiting]);
  return useMemo(() => new Map([...known].map(([id, { syncs }]) => [id, syncs])), [known]);
}

async function readSyncs(
  client: ApolloClient,
  kind: SyncedKind,
  ids: string[],
): Promise<readonly RecordSyncLineFragment[] | undefined> {
  const fetchPolicy = 'network-only';
  if (kind === 'client') {
    const query = ClientSyncsDocument;
    return (await client.query({ query, variables: { ids }, fetchPolicy })).data?.clientSync;
  }
  const query = RecordSyncsDocument;
  return (await client.query({ query, variables: { kind, ids }, fetchPolicy })).data?.catalogueSync;
}
