import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { LotFiguresDocument } from '../../generated/graphql.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import styles from './auction.module.css';

/** How the lots of a seller went. */
export function LotFigures() {
  const { t } = useLingui();
  const { number, money, percent } = useFormat();
  const { data } = useQuery(LotFiguresDocument, { fetchPolicy: 'cache-and-network' });
  if (data === undefined) return null;
  const { upcoming, open, sold, unsold, withdrawn, bids, returned, proceeds } = data.lotStatistics;
  const ended = sold + unsold;
  const figures = [
    [t`Open lots`, number(open), t`${number(upcoming)} not open yet`],
    [
      t`Sold`,
      number(sold),
      ended === 0 ? t`none has ended yet` : t`${percent(sold / ended)} of those that ended`,
    ],
    [t`Unsold`, number(unsold), t`${number(withdrawn)} withdrawn`],
    [t`Bids`, number(bids), t`on lots that are over`],
    [t`Returned leads`, number(returned), ''],
    ...proceeds.map(
      ({ currency, amount, average }) =>
        [t`Proceeds`, money(amount, currency), t`${money(average, currency)} a lot`] as const,
    ),
  ] as const;
  return (
    <dl className={styles.figures}>
      {figures.map(([label, value, note], index) => (
        <div key={`${label}${index}`}>
          <dt>{label}</dt>
          <dd>
            <strong>{value}</strong> <span className={styles.label}>{note}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
