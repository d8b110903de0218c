import { useLingui } from '@lingui/react/macro';
import { Link } from 'react-router-dom';
import { useMay, useTenant } from '../../app/shell/tenant.tsx';
import type { LotLineFragment } from '../../generated/graphql.ts';
import { PersonName } from '../../parts/people/person-name.tsx';
import styles from './lot.module.css';

/** What came of a lot that is over. */
export function OutcomeNote({ lot }: { readonly lot: LotLineFragment }) {
  const { t } = useLingui();
  const tenant = useTenant();
  const maySeeNames = useMay('deals:read');
  const { outcome, nextStep, sellerId, isReserveMet, phase, kind } = lot;
  const next: Readonly<Record<string, string>> = {
    relist: t`Its leads were offered again, cheaper.`,
    assign: t`Its leads were given out in turn.`,
    head_office: t`Its leads went back to the head office.`,
  };
  const seller =
    sellerId === null ? null : sellerId === tenant.id ? (
      t`the head office`
    ) : maySeeNames ? (
      <PersonName id={sellerId} />
    ) : null;
  return (
    <>
      {outcome?.isOwn === true && (
        <p>
          {t`The leads are yours.`} <Link to="/returns">{t`Bought leads`}</Link>
        </p>
      )}
      {outcome !== null && outcome.winnerId !== null && !outcome.isOwn && maySeeNames && (
        <p className={styles.label}>
          {t`Winner:`} <PersonName id={outcome.winnerId} />
        </p>
      )}
      {seller !== null && (
        <p className={styles.label}>
          {t`Seller:`} {seller}
        </p>
      )}
      {nextStep !== null && <p className={styles.label}>{next[nextStep] ?? nextStep}</p>}
      {kind === 'ascending' && isReserveMet === false && phase === 'open' && (
        <p className={styles.label}>{t`The seller's lowest price is not reached yet.`}</p>
      )}
    </>
  );
}
