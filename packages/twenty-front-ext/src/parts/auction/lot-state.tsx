import { useLingui } from '@lingui/react/macro';
import { Tag } from 'twenty-ui/data-display';
import type { LotKind, LotLineFragment } from '../../generated/graphql.ts';

export function useLotKinds(): Readonly<Record<LotKind, string>> {
  const { t } = useLingui();
  return {
    ascending: t`Rising price`,
    sealed: t`Sealed bids`,
    descending: t`Falling price`,
  };
}

type Standing = Pick<
  LotLineFragment,
  'kind' | 'phase' | 'outcome' | 'ownAmount' | 'hasBid' | 'isSeller'
>;

/** How a lot is, and how the viewer stands in it; in words, the colour only helps. */
export function useStanding(): (lot: Standing) => {
  readonly text: string;
  readonly color: 'green' | 'red' | 'blue' | 'gray' | 'orange' | 'purple';
} {
  const { t } = useLingui();
  return ({ kind, phase, outcome, ownAmount, hasBid, isSeller }) => {
    if (outcome !== null) {
      if (outcome.kind === 'withdrawn') return { text: t`Withdrawn`, color: 'gray' };
      if (outcome.kind === 'unsold') return { text: t`Unsold`, color: 'gray' };
      if (outcome.isOwn) return { text: t`You have won`, color: 'green' };
      return hasBid
        ? { text: t`You did not win`, color: 'gray' }
        : { text: t`Sold`, color: 'blue' };
    }
    if (phase === 'ended') return { text: t`Ended`, color: 'gray' };
    if (ownAmount !== null)
      return kind === 'sealed'
        ? { text: t`You have bid`, color: 'blue' }
        : { text: t`You lead`, color: 'green' };
    if (hasBid && kind !== 'sealed') return { text: t`You are outbid`, color: 'red' };
    if (isSeller) return { text: t`Your lot`, color: 'purple' };
    return phase === 'upcoming'
      ? { text: t`Not open yet`, color: 'gray' }
      : { text: t`Open for bids`, color: 'blue' };
  };
}

export function LotState({ lot }: { readonly lot: Standing }) {
  const { text, color } = useStanding()(lot);
  return <Tag color={color} text={text} />;
}
