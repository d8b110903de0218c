import { useLingui } from '@lingui/react/macro';
import type { LotLineFragment } from '../../generated/graphql.ts';
import { useLotKinds } from '../../parts/auction/lot-state.tsx';
import { Card } from '../../ui/card/card.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import styles from './lot.module.css';

/** How the lot is sold. */
export function LotTerms({ lot }: { readonly lot: LotLineFragment }) {
  const { t } = useLingui();
  const { money, dateTime, number } = useFormat();
  const kinds = useLotKinds();
  const { currency, antiSniping, intervalSeconds, relisted } = lot;
  const sum = (amount: number | null): string | null =>
    amount === null ? null : money(amount, currency);
  const rows: readonly (readonly [string, string | null])[] = [
    [t`Kind`, kinds[lot.kind]],
    [t`Opens`, dateTime(lot.opensAt)],
    [t`Ends`, dateTime(lot.endsAt)],
    [t`Start price`, sum(lot.start)],
    [t`Step`, sum(lot.step)],
    [lot.kind === 'sealed' ? t`Least price` : t`Reserve`, sum(lot.reserve)],
    [t`Buy now`, sum(lot.buyNow)],
    [t`Lowest price`, sum(lot.floor)],
    [t`Falls every`, intervalSeconds === null ? null : t`${number(intervalSeconds)} s`],
    [
      t`Late bids`,
      antiSniping === null
        ? null
        : t`A bid in the last ${antiSniping.windowSeconds} s moves the end to ${antiSniping.extensionSeconds} s after it, at most ${antiSniping.times} times.`,
    ],
    [t`Offered before`, relisted === 0 ? null : number(relisted)],
  ];
  return (
    <Card title={t`Terms`}>
      <dl className={styles.terms}>
        {rows.map(([label, value]) =>
          value === null ? null : (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
    </Card>
  );
}
