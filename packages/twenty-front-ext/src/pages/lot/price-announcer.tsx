import { useLingui } from '@lingui/react/macro';
import { useThrottled } from '../../app/data/use-throttled.ts';
import type { LotLineFragment } from '../../generated/graphql.ts';
import { usePriceText } from '../../parts/auction/lot-price.ts';
import { useStanding } from '../../parts/auction/lot-state.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';

/** Somebody who listens needs time to hear one price before the next. */
const PAUSE = 4_000;

/** Tells screen readers how the lot is now, when that has changed, and not every second. */
export function PriceAnnouncer({ lot }: { readonly lot: LotLineFragment }) {
  const { t } = useLingui();
  const { time } = useFormat();
  const { label, text } = usePriceText(lot);
  const standing = useStanding()(lot).text;
  const words = `${label}: ${text}. ${standing}. ${t`Ends at ${time(lot.endsAt)}.`}`;
  return (
    <p className="visually-hidden" role="status" aria-live="polite">
      {useThrottled(words, PAUSE)}
    </p>
  );
}
