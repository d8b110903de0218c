import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { RecordSyncsDocument } from '../../generated/graphql.ts';
import type { CatalogueKind, RecordSyncLineFragment } from '../../generated/graphql.ts';
import { pauseAfter, turnOf } from './looks.ts';

/** Records that are asked for at once. */
const MOST = 100;

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
  kind: CatalogueKind,
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
      const { data } = await client.query({
        query: RecordSyncsDocument,
        variables: { kind, ids: [...asked] },
        fetchPolicy: 'network-only',
      });
      if (data === undefined || isLeft()) return;
      const found = Map.groupBy(data.catalogueSync, ({ id }) => id);
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
