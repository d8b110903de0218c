import { useLingui } from '@lingui/react/macro';
import type { PairLineFragment } from '../../generated/graphql.ts';
import { useFormat } from '../../ui/format/use-format.tsx';

/** Names that sound the same, and those that nearly do, in thousandths. */
const SAME = 1_000;
const NEARLY = 950;

/** Why two leads may be one, in words. */
export function usePairReason(): (pair: Pick<PairLineFragment, 'by' | 'score'>) => string {
  const { t } = useLingui();
  const { percent } = useFormat();
  return ({ by, score }) => {
    const share = percent(score / SAME);
    if (by === 'phone') return t`The same telephone number`;
    if (by === 'email') return t`The same e-mail address`;
    if (score >= SAME) return t`The same name in the same city`;
    if (score >= NEARLY) return t`Nearly the same name in the same city, ${share} alike`;
    return t`A similar name in the same city, ${share} alike`;
  };
}

/** What leads may have in common, as a choice. */
export function useWayNames(): Readonly<Record<string, string>> {
  const { t } = useLingui();
  return { phone: t`Telephone number`, email: t`E-mail address`, name: t`Name and city` };
}
