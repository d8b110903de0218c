import type { CompiledPipeline } from './compile.ts';
import { attainable } from './finding.ts';
import type { Finding } from './finding.ts';
import { both, isEmpty, setOf, truthTeller, without } from './truth.ts';

/**
 * Rules that never decide and stages that no deal can be in. The initial stage is always reached: deals begin there.
 * Codes: `rule_never_holds`, `rule_shadowed`, `stage_unreachable`, `no_won_stage`.
 */
export function stageFindings(
  pipeline: CompiledPipeline,
  vectors: readonly number[],
): readonly Finding[] {
  return [
    ...ruleFindings(pipeline, vectors),
    ...unreachable(pipeline, vectors),
    ...withoutWon(pipeline),
  ];
}

function ruleFindings(pipeline: CompiledPipeline, vectors: readonly number[]): readonly Finding[] {
  const { definition, rules, createdBit, bitOf } = pipeline;
  const valid = setOf(vectors, createdBit);
  const truthOf = truthTeller(bitOf, createdBit);
  const truths = rules.map(({ condition }) => both(valid, truthOf(condition)));
  const findings: Finding[] = [];
  let undecided = valid;
  for (const [index, truth] of truths.entries()) {
    const stage = definition.rules[index]?.stage as string;
    const field = `rules.${index}.when`;
    if (isEmpty(truth)) {
      findings.push({
        severity: 'error',
        code: 'rule_never_holds',
        reason: `The rule for \`${stage}\` contradicts itself: no combination of facts fulfils it.`,
        field,
      });
    } else if (isEmpty(both(undecided, truth))) {
      const earlier = definition.rules.filter(
        (_, other) => other < index && !isEmpty(both(truths[other] ?? valid, truth)),
      );
      const names = [...new Set(earlier.map((rule) => `\`${rule.stage}\``))].join(', ');
      findings.push({
        severity: 'error',
        code: 'rule_shadowed',
        reason: `The rule for \`${stage}\` never decides: whenever it holds, an earlier one does (${names}). Move it up or remove it.`,
        field,
      });
    }
    undecided = without(undecided, truth);
  }
  return findings;
}

function unreachable(pipeline: CompiledPipeline, vectors: readonly number[]): readonly Finding[] {
  const { definition, rankOf } = pipeline;
  const given = new Set(vectors.map(rankOf));
  const attained = new Set(attainable(pipeline, vectors).map(rankOf));
  return definition.stages.flatMap(({ key }, rank): Finding[] => {
    if (rank === 0 || attained.has(rank)) return [];
    return [
      {
        severity: 'error',
        code: 'stage_unreachable',
        reason: `No deal can ever be in \`${key}\`: ${why(key, given.has(rank))}.`,
        field: `stages.${rank}`,
      },
    ];
  });

  function why(stage: string, needsUnsetGates: boolean): string {
    if (needsUnsetGates) return 'its rule needs a gate that no event sets';
    return definition.rules.some((rule) => rule.stage === stage)
      ? 'no rule for it ever decides'
      : 'no rule leads there';
  }
}

function withoutWon({
  definition: { stages, endings = [] },
}: CompiledPipeline): readonly Finding[] {
  const wins =
    stages.some(({ kind }) => kind === 'won') || endings.some(({ outcome }) => outcome === 'won');
  if (wins) return [];
  return [
    {
      severity: 'warning',
      code: 'no_won_stage',
      reason: 'No stage and no ending counts as won, so no deal is ever won.',
      field: 'stages',
    },
  ];
}
