import type { CompiledPipeline } from './compile.ts';
import { attainable } from './finding.ts';
import type { Finding } from './finding.ts';
import { both, isEmpty, setOf, truthTeller, without } from './truth.ts';

/**
 * Timers whose facts no event can bring about. Codes: `timer_never_starts` (start without stop is never true),
 * `timer_never_stops`.
 */
export function timerFindings(
  pipeline: CompiledPipeline,
  vectors: readonly number[],
): readonly Finding[] {
  const { predicates, timers, createdBit, bitOf } = pipeline;
  const bits = createdBit + 1;
  const possible = attainable(pipeline, vectors).flatMap((facts) => [
    facts,
    facts | (1 << createdBit),
  ]);
  const domain = setOf(possible, bits);
  const truthOf = truthTeller(bitOf, bits);
  return predicates.timers.flatMap(({ start, stop }, index): Finding[] => {
    const key = timers[index]?.key as string;
    const starts = both(domain, truthOf(start));
    const stops = both(domain, truthOf(stop));
    const findings: Finding[] = [];
    if (isEmpty(without(starts, stops))) {
      findings.push({
        severity: 'error',
        code: 'timer_never_starts',
        reason: `The timer \`${key}\` never runs: events bring about no facts in which it starts and is not stopped.`,
        field: `timers.${index}.start`,
      });
    }
    if (isEmpty(stops)) {
      findings.push({
        severity: 'error',
        code: 'timer_never_stops',
        reason: `The timer \`${key}\` can never be met: events bring about no facts that stop it.`,
        field: `timers.${index}.stop`,
      });
    }
    return findings;
  });
}
