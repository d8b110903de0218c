import { useApolloClient, useQuery } from '@apollo/client/react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ASKED_ANEW } from '../../app/data/client.ts';
import { useDealChanges } from '../../app/data/live.tsx';
import { problemOf } from '../../app/data/problem.ts';
import type { Problem } from '../../app/data/problem.ts';
import { SlaDeskDocument, SlaDeskMoreDocument } from '../../generated/graphql.ts';
import type { DeskRunFragment, SlaDeskFilter, SlaDeskQuery } from '../../generated/graphql.ts';
import { useNow } from '../../ui/clock/clock.tsx';
import { groupRuns, keyOf } from './desk-runs.ts';
import type { DeskGroupKey } from './desk-runs.ts';
import type { DeskFilter } from './use-desk-filter.ts';

type Part = 'breached' | 'due';
type Runs = SlaDeskQuery['due'];

/** Of many changes in a row the desk reads the last one only, in milliseconds. */
const REST = 1_500;

export interface Desk {
  readonly people: SlaDeskQuery['slaDeskPeople'] | null;
  readonly groups: Readonly<Record<DeskGroupKey, readonly DeskRunFragment[]>> | null;
  readonly problem: Problem | null;
  /** Why the desk could not be read again; what is shown is older. */
  readonly stale: Problem | null;
  /** Reads more late runs, or more runs that are due; null when there are none. */
  readonly more: Readonly<Record<Part, (() => Promise<void>) | null>>;
  /** Reads again; to be called when the person has changed something. */
  readonly reload: () => Promise<void>;
}

/** Open runs and whom they wait for; what others do is seen by itself, and so is the time that passes. */
export function useDesk({ pipeline, timer, person }: DeskFilter): Desk {
  const client = useApolloClient();
  const now = useNow(10_000);
  const variables = useMemo(() => {
    const filter = { pipeline, timer, person };
    const breached: SlaDeskFilter = { ...filter, state: 'breached' };
    return { breached, due: { ...filter, state: 'due' } satisfies SlaDeskFilter, pipeline, timer };
  }, [pipeline, timer, person]);
  const [stale, setStale] = useState<Problem | null>(null);
  const { data, error } = useQuery(SlaDeskDocument, { variables });
  const latest = useRef(data);
  latest.current = data;
  const reads = useRef({ begun: 0, oldest: 0 });

  const follow = useCallback(
    async (part: Part, first: Runs, atLeast: number): Promise<Runs> => {
      let runs = first;
      while (runs.next !== null && runs.items.length < atLeast) {
        const { data: page } = await client.query({
          query: SlaDeskMoreDocument,
          variables: { filter: variables[part], cursor: runs.next },
          fetchPolicy: 'no-cache',
        });
        if (page === undefined) throw new Error('The answer has no data.');
        const known = new Set(runs.items.map(keyOf));
        const fresh = page.slaDesk.items.filter((run) => !known.has(keyOf(run)));
        runs = { ...page.slaDesk, items: [...runs.items, ...fresh] };
      }
      return runs;
    },
    [client, variables],
  );

  // All that is shown is read before any of it changes, so that no list shrinks under somebody's hand.
  const read = useCallback(async () => {
    reads.current.begun += 1;
    const mine = reads.current.begun;
    try {
      const shown = latest.current;
      const { data: fresh } = await client.query({
        query: SlaDeskDocument,
        variables,
        fetchPolicy: 'no-cache',
        context: ASKED_ANEW,
      });
      if (fresh === undefined) return;
      const breached = await follow('breached', fresh.breached, shown?.breached.items.length ?? 0);
      const due = await follow('due', fresh.due, shown?.due.items.length ?? 0);
      if (mine < reads.current.oldest) return;
      reads.current.oldest = mine;
      client.writeQuery({ query: SlaDeskDocument, variables, data: { ...fresh, breached, due } });
      setStale(null);
    } catch (failure) {
      setStale(problemOf(failure));
    }
  }, [client, follow, variables]);

  // A read that was under way while the person changed something may not know of it, and must not undo it on the page.
  const reload = useCallback(() => {
    reads.current.oldest = reads.current.begun + 1;
    return read();
  }, [read]);

  const more = (part: Part): (() => Promise<void>) | null => {
    if (data === undefined || data[part].next === null) return null;
    return async () => {
      const runs = await follow(part, data[part], data[part].items.length + 1);
      client.writeQuery({ query: SlaDeskDocument, variables, data: { ...data, [part]: runs } });
    };
  };

  const groups = useMemo(
    () => (data === undefined ? null : groupRuns([...data.breached.items, ...data.due.items], now)),
    [data, now],
  );
  // Of what changes while this waits, and while it reads, it is told once, afterwards.
  useDealChanges(async () => {
    await new Promise((resolve) => setTimeout(resolve, REST));
    await read();
  });
  // The server's numbers follow when a due time passes while the page is open.
  const passed = groups?.breached.filter(({ state }) => state === 'due').length ?? 0;
  useEffect(() => {
    if (passed > 0) void read();
  }, [passed, read]);

  return {
    people: data?.slaDeskPeople ?? null,
    groups,
    problem: error === undefined || data !== undefined ? null : problemOf(error),
    stale,
    more: { breached: more('breached'), due: more('due') },
    reload,
  };
}
