import { Trans } from '@lingui/react/macro';
import type { Dashboard } from './deal-links.ts';
import styles from './dashboard.module.css';

type MissingRatesProps = Pick<Dashboard, 'totals' | 'currency'>;

/** Says which sums could not be converted, if any. */
export function MissingRates({ totals, currency }: MissingRatesProps) {
  const missing = [...new Set(totals.flatMap(({ sum }) => sum.missing))].toSorted();
  if (missing.length === 0) return null;
  const currencies = missing.join(', ');
  return (
    <p className={styles.note} role="note">
      <Trans>
        Sums are in {currency}. No rate is known for {currencies}: those sums stand apart until an
        admin adds one in the settings of the company.
      </Trans>
    </p>
  );
}
