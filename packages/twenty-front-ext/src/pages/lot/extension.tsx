import { useLingui } from '@lingui/react/macro';
import { IconClockPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { LotLineFragment } from '../../generated/graphql.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import styles from './lot.module.css';

/** Says that late bids have moved the end. */
export function Extension({ lot: { endsAt, antiSniping, outcome } }: { lot: LotLineFragment }) {
  const { t } = useLingui();
  const { dateTime } = useFormat();
  const [planned] = useState(endsAt);
  const hasMoved = (antiSniping?.used ?? 0) > 0 || Date.parse(endsAt) > Date.parse(planned);
  if (!hasMoved || outcome !== null) return null;
  return (
    <p className={styles.extended}>
      <IconClockPlus size={16} aria-hidden />
      {t`Extended: a late bid has moved the end to ${dateTime(endsAt)}.`}
    </p>
  );
}
