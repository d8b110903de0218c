import type { CompiledPipeline } from './compile.ts';
import type { ConfirmedRegression } from './definition.ts';
import { eventFindings } from './event-findings.ts';
import type { Finding } from './finding.ts';
import { findRegressions } from './regressions.ts';
import type { Regression } from './regressions.ts';
import { stageFindings } from './stage-findings.ts';
import { timerFindings } from './timer-findings.ts';
import { vectorsOf } from './vectors.ts';

export interface Verification {
  readonly publishable: boolean;
  /** Errors first, then warnings, then the rest. */
  readonly findings: readonly Finding[];
  /** Combinations of facts that were looked at. */
  readonly vectors: number;
  /** In how many of them each stage results, by rank. */
  readonly stages: readonly { readonly stage: string; readonly vectors: number }[];
  readonly regressions: readonly (Regression & { readonly confirmed: boolean })[];
}

export interface VerifyOptions {
  /** When given, every mapped type must be among them or among the pipeline's own `knownTypes`. */
  readonly knownTypes?: ReadonlySet<string>;
}

const SEVERITIES = ['error', 'warning', 'info'] as const;

/** Looks at every combination of facts of a compiled pipeline; only a publishable one may be published. */
export function verifyPipeline(
  pipeline: CompiledPipeline,
  { knownTypes }: VerifyOptions = {},
): Verification {
  const { definition, rankOf } = pipeline;
  const vectors = vectorsOf(pipeline);
  const counts = definition.stages.map(() => 0);
  for (const facts of vectors) (counts[rankOf(facts)] as number) += 1;

  const confirmations = definition.confirmedRegressions ?? [];
  const regressions = findRegressions(pipeline, vectors).map((regression) => ({
    ...regression,
    confirmed: confirmations.some((confirmation) => isSame(confirmation, regression)),
  }));

  const findings = [
    ...stageFindings(pipeline, vectors),
    ...regressions.filter(({ confirmed }) => !confirmed).map(regressionFinding),
    ...unusedConfirmations(confirmations, regressions),
    ...timerFindings(pipeline, vectors),
    ...eventFindings(pipeline, knownTypes),
  ];
  return {
    publishable: findings.every(({ severity }) => severity !== 'error'),
    findings: SEVERITIES.flatMap((severity) => findings.filter((one) => one.severity === severity)),
    vectors: vectors.length,
    stages: definition.stages.map(({ key }, rank) => ({
      stage: key,
      vectors: counts[rank] as number,
    })),
    regressions,
  };
}

function isSame(left: ConfirmedRegression, right: ConfirmedRegression): boolean {
  return left.gate === right.gate && left.from === right.from && left.to === right.to;
}

function regressionFinding({ gate, from, to, vectors, example }: Regression): Finding {
  return {
    severity: 'error',
    code: 'regression',
    reason: `Setting \`${gate}\` moves a deal back from \`${from}\` to \`${to}\` (${vectors} combinations). Change the rules, or confirm that this is meant.`,
    example,
  };
}

function unusedConfirmations(
  confirmations: readonly ConfirmedRegression[],
  regressions: readonly Regression[],
): readonly Finding[] {
  return confirmations.flatMap((confirmation, index): Finding[] => {
    if (regressions.some((regression) => isSame(confirmation, regression))) return [];
    return [
      {
        severity: 'warning',
        code: 'confirmation_unused',
        reason: `Setting \`${confirmation.gate}\` never moves a deal back from \`${confirmation.from}\` to \`${confirmation.to}\`; remove the confirmation.`,
        field: `confirmedRegressions.${index}`,
      },
    ];
  });
}
