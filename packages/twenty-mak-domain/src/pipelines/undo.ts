import type { CompiledPipeline } from './compile.ts';
import type { EventMapping } from './definition.ts';
import { steps } from './moves.ts';
import type { EventHint } from './moves.ts';

/**
 * The event that takes back what another one would do to a deal: it clears the very gates that the other sets, and the
 * deal is then in the stage in which it is now. Null where the pipeline has no such event, for an event that does more
 * than set gates, and for one that changes nothing.
 */
export function undoOf(
  pipeline: CompiledPipeline,
  facts: number,
  current: string,
  effects: EventMapping,
): EventHint | null {
  const { ranks, rankOf, gateBits } = pipeline;
  const rank = ranks.get(current);
  if (rank === undefined || !onlySets(effects)) return null;
  const after = (effects.sets ?? []).reduce(
    (bits, gate) => bits | (1 << (gateBits.get(gate) ?? 0)),
    facts,
  );
  if (after === facts) return null;
  const back = steps(pipeline, after, Math.max(rank, rankOf(after))).find(
    (step) => step.after === facts && step.stage === current && onlyClears(step.effects),
  );
  if (back === undefined) return null;
  return { type: back.effects.type, data: back.effects.where ?? {} };
}

function onlySets({ clears = [], ...rest }: EventMapping): boolean {
  return clears.length === 0 && movesGates(rest);
}

function onlyClears({ sets = [], ...rest }: EventMapping): boolean {
  return sets.length === 0 && movesGates(rest);
}

function movesGates({ creates, domain, ends, reopens }: EventMapping): boolean {
  return creates !== true && domain === undefined && ends === undefined && reopens !== true;
}
