import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem } from '../../../app/data/problem.ts';
import { problemOf } from '../../../app/data/problem.ts';
import { ConnectorOptionsDocument } from '../../../generated/graphql.ts';
import type { ConnectorLineFragment, ConnectorOptionsQuery } from '../../../generated/graphql.ts';
import type { Option } from '../../../ui/form/select-field.tsx';

export interface RemoteOptions {
  /** What a setting may name; null when the other system was not asked or did not answer. */
  readonly of: (setting: string) => readonly Option[] | null;
  /** Whether the other system has said it. */
  readonly answered: boolean;
  readonly problem: Problem | null;
  readonly busy: boolean;
  /** Asks with what is stored, or with what is not saved yet. */
  readonly ask: (typed?: Typed) => Promise<void>;
  /** What was said is of another account than the one that is typed now. */
  readonly forget: () => void;
}

interface Typed {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>> | null;
}

/** Connectors whose settings name something of the other system. */
const NAMING: ReadonlySet<string> = new Set(['amocrm', 'keycrm']);

type Answer = ConnectorOptionsQuery['connectorOptions'];

/** What the settings of a connector may name: the other system is asked when the page opens, and when somebody wants to. */
export function useOptions({ key, state }: ConnectorLineFragment): RemoteOptions {
  const client = useApolloClient();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  // What is asked later, or forgotten, makes an answer that is under way worthless.
  const asked = useRef(0);
  const ask = useCallback(
    async (typed?: Typed): Promise<void> => {
      asked.current += 1;
      const turn = asked.current;
      setBusy(true);
      try {
        const { data } = await client.query({
          query: ConnectorOptionsDocument,
          variables: { key, ...typed },
          // Nothing of what is typed is kept.
          fetchPolicy: 'no-cache',
        });
        if (asked.current !== turn) return;
        setAnswer(data?.connectorOptions ?? null);
        setProblem(null);
      } catch (error) {
        if (asked.current !== turn) return;
        setAnswer(null);
        setProblem(problemOf(error));
      }
      setBusy(false);
    },
    [client, key],
  );
  // A system that has turned us away is asked when a person wants it: to amoCRM one call too many is a reason to keep a block.
  const isWelcome = NAMING.has(key) && (state === 'running' || state === 'paused');
  useEffect(() => {
    if (isWelcome) void ask();
  }, [isWelcome, ask]);
  const forget = useCallback(() => {
    asked.current += 1;
    setAnswer(null);
    setProblem(null);
    setBusy(false);
  }, []);
  return {
    answered: answer !== null,
    forget,
    of: (setting) =>
      answer === null
        ? null
        : answer
            .filter((one) => one.setting === setting)
            .map(({ value, title }) => ({ value, label: title })),
    problem,
    busy,
    ask,
  };
}
