import { useEffect, useMemo, useState } from 'react';
import type { DealDetailFragment } from '../../generated/graphql.ts';
import type { Moves, PipelineRules } from '../../parts/pipelines/moves.ts';
import { factChoice } from '../../parts/record-fact/fact-choices.ts';
import type { FactChoice } from '../../parts/record-fact/fact-choices.ts';

export interface DealFacts {
  /** Facts that lead on. */
  readonly progress: readonly FactChoice[];
  /** Facts that end the deal. */
  readonly endings: readonly FactChoice[];
  readonly ended: boolean;
  /** What would take a fact back, if it were recorded now. */
  readonly undoOf: Moves['undoOf'];
}

const NONE: Moves = { facts: [], stages: [], undoOf: () => null };

/** What people can record about a deal now, by the rules of its pipeline. */
export function useDealFacts(deal: DealDetailFragment, rules: PipelineRules | null): DealFacts {
  const [{ facts, undoOf }, setMoves] = useState(NONE);
  useEffect(() => {
    let current = true;
    if (rules !== null) {
      // The rules are a chunk of their own.
      void import('../../parts/pipelines/moves.ts').then(({ movesOf }) => {
        if (current) setMoves(movesOf(rules, deal));
      });
    }
    return () => {
      current = false;
    };
  }, [deal, rules]);
  return useMemo(() => {
    const pipeline = rules?.definition;
    const ended = pipeline?.endings?.some(({ key }) => key === deal.stage) ?? false;
    if (pipeline === undefined) return { progress: [], endings: [], ended, undoOf };
    const choices = facts.map(({ effects }) => factChoice(pipeline, effects));
    const open = choices.filter(({ reopens }) => !reopens);
    return {
      progress: open.filter(({ ends }) => ends === null),
      endings: open.filter(({ ends }) => ends !== null),
      ended,
      undoOf,
    };
  }, [deal.stage, facts, rules, undoOf]);
}
