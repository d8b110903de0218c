import type { CompiledMapping, CompiledPipeline } from './compile.ts';
import type { EventMapping } from './definition.ts';
import { maskOf, variablesOf, vectorsOf } from './vectors.ts';
import type { Variable } from './vectors.ts';

/** An event that would do it; its data needs at least `data`. */
export interface EventHint {
  readonly type: string;
  readonly data: Readonly<Record<string, string>>;
}

/** Facts that have to change, the fewest that suffice; gates are cleared only where nothing else helps. */
export interface MissingFacts {
  readonly set: readonly string[];
  readonly clear: readonly string[];
  /** Null: any stage that predicates do not ask for. */
  readonly domains: Readonly<Record<string, string | null>>;
}

/** How a deal could get to another stage. */
export interface PossibleMove {
  readonly stage: string;
  /** Single events that lead there. */
  readonly events: readonly EventHint[];
  /** Null for endings, which no fact leads to, and for stages that no facts give. */
  readonly missing: MissingFacts | null;
}

/**
 * For every stage and ending but the `current` one (by default what the rules say): how to get there. A deal falls
 * back only by a cleared gate, as in the fold. An ended deal can only be reopened.
 */
export function possibleMoves(
  pipeline: CompiledPipeline,
  facts: number,
  current: string = pipeline.definition.stages[pipeline.rankOf(facts)]?.key as string,
): readonly PossibleMove[] {
  const { definition, ranks } = pipeline;
  const rank = ranks.get(current);
  const leading = rank === undefined ? reopenings(pipeline, facts) : steps(pipeline, facts, rank);
  const nearest =
    rank === undefined ? new Map<number, number>() : nearestFacts(pipeline, facts, rank);
  const keys = [...definition.stages, ...(definition.endings ?? [])].map(({ key }) => key);
  return keys
    .filter((key) => key !== current)
    .map((key) => ({
      stage: key,
      events: leading.filter(({ stage }) => stage === key).map(hintOf),
      missing: missingFacts(variablesOf(pipeline), facts, nearest.get(ranks.get(key) ?? -1)),
    }));
}

/** A fact that people can record about a deal: what it does, and the stage in which the deal is then. */
export interface RecordableFact {
  readonly effects: EventMapping;
  readonly stage: string;
  /** What sales people call that stage; null where nothing is defined, and for endings. */
  readonly businessStage: string | null;
}

/** Every single event that means something to a deal now, in the definition's order. An ended deal can only be reopened. */
export function recordableFacts(
  pipeline: CompiledPipeline,
  facts: number,
  current: string,
): readonly RecordableFact[] {
  const rank = pipeline.ranks.get(current);
  const leading = rank === undefined ? reopenings(pipeline, facts) : steps(pipeline, facts, rank);
  return leading.map(({ effects, stage, after }) => ({
    effects,
    stage,
    businessStage: pipeline.businessStageOf(stage, after)?.title ?? null,
  }));
}

export interface Step {
  readonly effects: EventMapping;
  readonly stage: string;
  /** The facts after it. */
  readonly after: number;
}

const REOPENED: EventMapping = { type: 'deal.reopened', reopens: true };

function hintOf({ effects }: Step): EventHint {
  return { type: effects.type, data: effects.where ?? {} };
}

/** Each mapping once: aliases share theirs. */
function mappingsOf({ mappings }: CompiledPipeline): readonly CompiledMapping[] {
  return [...new Set([...mappings.values()].flat())];
}

/** Every event that means something to a deal of this rank, and where it leads. */
export function steps(pipeline: CompiledPipeline, facts: number, rank: number): readonly Step[] {
  const { definition, rankOf } = pipeline;
  const stageAfter = (after: number, mayFall: boolean): string => {
    const next = rankOf(after);
    return definition.stages[mayFall ? next : Math.max(rank, next)]?.key as string;
  };
  const mapped = mappingsOf(pipeline).map((one): Step => {
    const mayFall = (facts & one.clearMask) !== 0;
    const after = apply(pipeline, facts, one);
    return {
      stage: one.mapping.ends ?? stageAfter(after, mayFall),
      effects: one.mapping,
      after,
    };
  });
  const moved = pipeline.comparisons.map(({ system, stage }): Step => {
    const after = withDomain(pipeline, facts, system, stage);
    return {
      stage: stageAfter(after, false),
      effects: {
        type: 'domain.stage.changed',
        where: { system, stage },
        domain: { system, stage },
      },
      after,
    };
  });
  return [...mapped, ...moved];
}

function reopenings(pipeline: CompiledPipeline, facts: number): readonly Step[] {
  const { definition, rankOf } = pipeline;
  const stage = (after: number): string => definition.stages[rankOf(after)]?.key as string;
  return [
    { stage: stage(facts), effects: REOPENED, after: facts },
    ...mappingsOf(pipeline)
      .filter(({ mapping }) => mapping.reopens === true)
      .map((one) => {
        const after = apply(pipeline, facts, one);
        return { stage: stage(after), effects: one.mapping, after };
      }),
  ];
}

function apply(
  pipeline: CompiledPipeline,
  facts: number,
  { setMask, clearMask, mapping }: CompiledMapping,
): number {
  const after = (facts | setMask) & ~clearMask;
  const { domain } = mapping;
  return domain === undefined ? after : withDomain(pipeline, after, domain.system, domain.stage);
}

function withDomain(
  { comparisons }: CompiledPipeline,
  facts: number,
  system: string,
  stage: string,
): number {
  return comparisons
    .filter((comparison) => comparison.system === system)
    .reduce(
      (bits, { stage: other, bit }) => (other === stage ? bits | (1 << bit) : bits & ~(1 << bit)),
      facts,
    );
}

/** For every rank the facts that give it with the fewest changes; earlier gates first where several do. */
function nearestFacts(
  pipeline: CompiledPipeline,
  facts: number,
  current: number,
): ReadonlyMap<number, number> {
  const gates = (1 << pipeline.gateBits.size) - 1;
  const domains = variablesOf(pipeline)
    .filter(({ kind }) => kind === 'domain')
    .map(maskOf);
  const best = new Map<number, { facts: number; cost: number }>();
  for (const vector of vectorsOf(pipeline)) {
    const rank = pipeline.rankOf(vector);
    const cleared = countBits(facts & ~vector & gates);
    if (rank < current && cleared === 0) continue;
    const moved = domains.filter((mask) => (facts & mask) !== (vector & mask)).length;
    const cost = cleared * 100 + countBits(vector & ~facts & gates) + moved;
    // Vectors in which early gates hold come last, so that the last of equals is the natural one.
    if (cost <= (best.get(rank)?.cost ?? Number.POSITIVE_INFINITY)) {
      best.set(rank, { facts: vector, cost });
    }
  }
  return new Map([...best].map(([rank, { facts: nearest }]) => [rank, nearest]));
}

function missingFacts(
  variables: readonly Variable[],
  facts: number,
  target: number | undefined,
): MissingFacts | null {
  if (target === undefined) return null;
  const changed = variables.filter((one) => (facts & maskOf(one)) !== (target & maskOf(one)));
  const gates = changed.filter(({ kind }) => kind === 'gate');
  return {
    set: gates.filter((one) => (target & maskOf(one)) !== 0).map(({ name }) => name),
    clear: gates.filter((one) => (target & maskOf(one)) === 0).map(({ name }) => name),
    domains: Object.fromEntries(
      changed.flatMap((one) => {
        if (one.kind === 'gate') return [];
        const choice = one.choices.find(({ mask }) => mask === (target & maskOf(one)));
        return [[one.name, choice?.value ?? null]];
      }),
    ),
  };
}

function countBits(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
}
