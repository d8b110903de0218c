import { useLingui } from '@lingui/react/macro';
import { useCallback } from 'react';
import type { PipelineDefinition, PossibleMove } from 'twenty-mak-domain';

/** Why a column cannot be reached by one fact, in one line. */
export function useMissingText({
  gates,
}: PipelineDefinition): (move: PossibleMove | undefined) => string {
  const { t } = useLingui();
  return useCallback(
    (move) => {
      const missing = move?.missing ?? null;
      if (missing === null) return t`No single fact leads here.`;
      const titles = (keys: readonly string[]): string =>
        keys.map((key) => gates.find((gate) => gate.key === key)?.title ?? key).join(', ');
      const domains = Object.entries(missing.domains)
        .map(([system, stage]) => (stage === null ? system : `${system}: ${stage}`))
        .join(', ');
      return [
        missing.set.length > 0 && t`Missing: ${titles(missing.set)}.`,
        missing.clear.length > 0 && t`To take back: ${titles(missing.clear)}.`,
        domains !== '' && t`Needed: ${domains}.`,
      ]
        .filter((part) => part !== false)
        .join(' ');
    },
    [gates, t],
  );
}
