import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { RecordSyncsDocument } from '../../generated/graphql.ts';
import type { CatalogueKind, RecordSyncLineFragment } from '../../generated/graphql.ts';

/** Records that are asked for at once. */
const MOST = 100;
/** How often is looked at what waits, in milliseconds: people wait for it, and no event tells of it. */
const OFTEN = 2_000;

export type RecordSyncs = ReadonlyMap<string, readonly RecordSyncLineFragment[]>;

interface Known {
  readonly syncs: readonly RecordSyncLineFragment[];
  readonly revision: number;
}

/**
 * How records are in other systems, by id, as it becomes known. Another `revision` asks anew; what waits is looked at until
 * it does not wait any more.
 */
export function useRecordSyncs(
  kind: CatalogueKind,
  ids: readonly string[],
  revision = 0,
): RecordSyncs {
  const client = useApolloClient();
  const [known, setKnown] = useState<ReadonlyMap<string, Known>>(new Map());
  const first = (fits: (one: Known | undefined) => boolean): string =>
    ids
      .filter((id) => fits(known.get(id)))
      .slice(0, MOST)
      .join(' ');
  const wanted = first((one) => one?.revision !== revision);
  const waiting = first((one) => one?.syncs.some(({ state }) => state === 'pending') === true);

  const ask = useCallback(
    async (asked: readonly string[], isLeft: () => boolean): Promise<void> => {
      const { data } = await client.query({
        query: RecordSyncsDocument,
        variables: { kind, ids: [...asked] },
        fetchPolicy: 'network-only',
      });
      if (data === undefined || isLeft()) return;
      const found = Map.groupBy(data.catalogueSync, ({ id }) => id);
      const fresh = asked.map((id) => [id, { syncs: found.get(id) ?? [], revision }] as const);
      setKnown((before) => new Map([...before, ...fresh]));
    },
    [client, kind, revision],
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
    let left = false;
    const timer = setInterval(() => {
      if (!document.hidden) ask(waiting.split(' '), () => left).catch(() => undefined);
    }, OFTEN);
    return () => {
      left = true;
      clearInterval(timer);
    };
  }, [ask, waiting]);
  return useMemo(() => new Map([...known].map(([id, { syncs }]) => [id, syncs])), [known]);
}
