import { accept, refuse } from '../basics/index.ts';
import type { Decision } from '../basics/index.ts';
import type {
  ConfirmedRegression,
  PipelineDefinition,
  RuleDefinition,
  StageDefinition,
} from './definition.ts';
import { MAX_PREDICATE_LENGTH } from './read-condition.ts';

/** Each edit gives a new definition or a refusal; whether the result may be published says the verifier. */
type Edited = Decision<PipelineDefinition>;

export interface AddedStage {
  readonly stage: StageDefinition;
  /** Position on the board, 0 for the new initial stage; at the end when left out. */
  readonly at?: number;
  /** Predicate of the new stage; its rule comes before those of all lower stages. */
  readonly when: string;
}

/** Adds a stage and its rule. Refuses with `duplicate_key` or `position_invalid`. */
export function addStage(definition: PipelineDefinition, { stage, at, when }: AddedStage): Edited {
  const { stages, rules } = definition;
  if (isTaken(definition, stage.key)) return taken(stage.key);
  const position = at ?? stages.length;
  if (!Number.isInteger(position) || position < 0 || position > stages.length) {
    return refuse('position_invalid', `The position is a number from 0 to ${stages.length}.`, 'at');
  }
  const next = stages.toSpliced(position, 0, stage);
  const ranks = rankOf(next);
  const before = rules.findIndex((rule) => (ranks.get(rule.stage) ?? 0) < position);
  const rule = { stage: stage.key, when };
  return accept({
    ...definition,
    stages: next,
    rules: rules.toSpliced(before === -1 ? rules.length : before, 0, rule),
  });
}

export interface StageRename {
  readonly key?: string;
  readonly title?: string;
}

/** Changes key or title of a stage, wherever it is named. Refuses with `unknown_stage` or `duplicate_key`. */
export function renameStage(
  definition: PipelineDefinition,
  stage: string,
  { key = stage, title }: StageRename,
): Edited {
  if (!hasStage(definition, stage)) return unknownStage(stage, 'stage');
  if (key !== stage && isTaken(definition, key)) return taken(key);
  const renamed = redirect(definition, stage, key);
  return accept({
    ...renamed,
    stages: definition.stages.map((one) =>
      one.key === stage ? { ...one, key, title: title ?? one.title } : one,
    ),
  });
}

/** Puts the stages in this order. Refuses with `order_invalid` unless each stage is named once. */
export function reorderStages(definition: PipelineDefinition, order: readonly string[]): Edited {
  const byKey = new Map(definition.stages.map((stage) => [stage.key, stage] as const));
  const stages = order.flatMap((key) => byKey.get(key) ?? []);
  const complete = new Set(order).size === byKey.size && stages.length === byKey.size;
  if (!complete || order.length !== byKey.size) {
    return refuse('order_invalid', 'Name every stage of the pipeline exactly once.', 'order');
  }
  return accept({ ...definition, stages });
}

/**
 * Deletes a stage; where its rules held, the target now results. They stay in their places, because a predicate means
 * "and no earlier one"; side by side with the target's they become one. Refuses with `unknown_stage`, `same_stage`,
 * `stage_initial` or `last_won_stage`.
 */
export function deleteStage(definition: PipelineDefinition, stage: string, target: string): Edited {
  const { stages } = definition;
  const deleted = stages.find(({ key }) => key === stage);
  if (deleted === undefined) return unknownStage(stage, 'stage');
  if (!hasStage(definition, target)) return unknownStage(target, 'target');
  if (stage === target) {
    return refuse('same_stage', 'The deals of a deleted stage need another stage.', 'target');
  }
  if (stages[0] === deleted) {
    return refuse(
      'stage_initial',
      `\`${stage}\` is the initial stage, where every deal begins. Put another stage first.`,
      'stage',
    );
  }
  const won = stages.filter(({ kind }) => kind === 'won');
  if (deleted.kind === 'won' && won.length === 1) {
    return refuse(
      'last_won_stage',
      `\`${stage}\` is the only stage that counts as won. Mark another one first.`,
      'stage',
    );
  }
  const redirected = redirect(definition, stage, target);
  return accept({
    ...redirected,
    stages: stages.filter((one) => one !== deleted),
    rules: joinNeighbours(redirected.rules, target),
  });
}

function redirect(definition: PipelineDefinition, from: string, to: string): PipelineDefinition {
  const other = (stage: string): string => (stage === from ? to : stage);
  const rules = definition.rules.map((rule) => ({ ...rule, stage: other(rule.stage) }));
  const { confirmedRegressions } = definition;
  if (confirmedRegressions === undefined) return { ...definition, rules };
  const confirmed = confirmedRegressions.map((one) => ({
    ...one,
    from: other(one.from),
    to: other(one.to),
  }));
  return { ...definition, rules, confirmedRegressions: meaningful(confirmed) };
}

/** Without those that name one stage twice or stand there already. */
function meaningful(confirmed: readonly ConfirmedRegression[]): readonly ConfirmedRegression[] {
  const seen = new Set<string>();
  return confirmed.filter(({ gate, from, to }) => {
    const key = [gate, from, to].join(' ');
    const fresh = from !== to && !seen.has(key);
    seen.add(key);
    return fresh;
  });
}

/** Joins rules for `stage` that follow one another, unless the predicate became too long. */
function joinNeighbours(
  rules: readonly RuleDefinition[],
  stage: string,
): readonly RuleDefinition[] {
  return rules.reduce<readonly RuleDefinition[]>((joined, rule) => {
    const last = joined.at(-1);
    if (last === undefined || last.stage !== stage || rule.stage !== stage)
      return [...joined, rule];
    const when = `${inBrackets(last.when)} || ${inBrackets(rule.when)}`;
    if (when.length > MAX_PREDICATE_LENGTH) return [...joined, rule];
    return [...joined.slice(0, -1), { stage, when }];
  }, []);
}

/** A comment at the end of a predicate would swallow the bracket on its line. */
function inBrackets(when: string): string {
  return when.includes('//') ? `(${when}\n)` : `(${when})`;
}

function rankOf(stages: readonly StageDefinition[]): ReadonlyMap<string, number> {
  return new Map(stages.map(({ key }, rank) => [key, rank] as const));
}

function hasStage({ stages }: PipelineDefinition, stage: string): boolean {
  return stages.some(({ key }) => key === stage);
}

function isTaken({ stages, endings = [] }: PipelineDefinition, stage: string): boolean {
  return [...stages, ...endings].some(({ key }) => key === stage);
}

function taken(key: string): Decision<never> {
  return refuse('duplicate_key', `The pipeline already has a stage \`${key}\`.`, 'key');
}

function unknownStage(stage: string, field: string): Decision<never> {
  return refuse('unknown_stage', `The pipeline has no stage \`${stage}\`.`, field);
}
