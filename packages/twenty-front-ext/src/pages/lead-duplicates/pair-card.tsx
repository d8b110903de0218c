import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowBackUp, IconArrowMerge, IconArrowsSplit, IconClock } from '@tabler/icons-react';
import { useId } from 'react';
import { Button } from 'twenty-ui/input';
import type { LeadPairDecision, PairLineFragment } from '../../generated/graphql.ts';
import { useLeadName } from '../../parts/leads/contact-name.ts';
import type { LeadWords } from '../../parts/leads/use-lead-words.ts';
import { usePersonName } from '../../parts/people/person-name.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { PairTable } from './pair-table.tsx';
import { keyOf } from './use-pairs.ts';
import { usePairReason } from './use-pair-texts.ts';
import styles from './lead-duplicates.module.css';

interface PairCardProps {
  readonly pair: PairLineFragment;
  readonly words: LeadWords;
  readonly onDecide: (decision: LeadPairDecision) => void;
  readonly onMerge: () => void;
}

/** Two leads that may be one: why, what they say, and what somebody has decided or can decide. */
export function PairCard({ pair, words, onDecide, onMerge }: PairCardProps) {
  const { t } = useLingui();
  const id = useId();
  const format = useFormat();
  const reason = usePairReason()(pair);
  const nameOf = useLeadName();
  const [left, right] = pair.leads;
  const isOpen = pair.decision === null || pair.decision === 'later';
  const names = pair.leads.map(nameOf).join(', ');
  return (
    <li className={styles.pair} tabIndex={-1} data-pair={keyOf(pair)} aria-labelledby={id}>
      <header className={styles.head}>
        <h2 id={id} className={styles.title}>
          {reason}
        </h2>
        <span className={styles.quiet}>
          <Trans>found {format.dateTime(pair.foundAt)}</Trans>
        </span>
      </header>
      {left !== undefined && right !== undefined ? (
        <PairTable left={left} right={right} words={words} />
      ) : (
        <p className={styles.quiet}>
          {names === '' ? t`Both are part of another lead now.` : names}
        </p>
      )}
      <Decided pair={pair} />
      <footer className={styles.foot}>
        {isOpen && right !== undefined && (
          <>
            <Button
              Icon={IconArrowMerge}
              title={t`Merge`}
              ariaLabel={t`Merge: ${names}`}
              variant="secondary"
              size="small"
              onClick={onMerge}
            />
            <Button
              Icon={IconArrowsSplit}
              title={t`Not a duplicate`}
              ariaLabel={t`Not a duplicate: ${names}`}
              variant="secondary"
              size="small"
              onClick={() => onDecide('different')}
            />
          </>
        )}
        {pair.decision === null && (
          <Button
            Icon={IconClock}
            title={t`Later`}
            ariaLabel={t`Later: ${names}`}
            variant="tertiary"
            size="small"
            onClick={() => onDecide('later')}
          />
        )}
        {(pair.decision === 'different' || pair.decision === 'later') && (
          <Button
            Icon={IconArrowBackUp}
            title={t`Take back`}
            ariaLabel={t`Take back: ${names}`}
            variant="tertiary"
            size="small"
            onClick={() => onDecide('open')}
          />
        )}
      </footer>
    </li>
  );
}

/** What was decided, by whom and when. */
function Decided({ pair: { decision, decidedAt, decidedBy } }: Pick<PairCardProps, 'pair'>) {
  const { t } = useLingui();
  const format = useFormat();
  const name = usePersonName(decidedBy) ?? '';
  if (decision === null) return null;
  const texts: Readonly<Record<string, string>> = {
    merged: t`They are one lead now.`,
    different: t`They are two leads.`,
    later: t`Somebody decides later.`,
  };
  const at = decidedAt === null ? '' : format.dateTime(decidedAt);
  return (
    <p className={styles.decided}>
      {texts[decision] ?? decision}{' '}
      <span className={styles.quiet}>
        <Trans>
          {name}, {at}
        </Trans>
      </span>
    </p>
  );
}
