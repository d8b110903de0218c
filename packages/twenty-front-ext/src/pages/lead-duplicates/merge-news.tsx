import { useLingui } from '@lingui/react/macro';
import type { PairLeadFragment } from '../../generated/graphql.ts';
import { useLeadName } from '../../parts/leads/contact-name.ts';
import styles from './lead-duplicates.module.css';

interface MergeNewsProps {
  readonly leads: readonly [PairLeadFragment, PairLeadFragment];
  readonly survivorId: string;
}

/** What becomes of everything that hangs on the two. */
export function MergeNews({ leads, survivorId }: MergeNewsProps) {
  const { t } = useLingui();
  const nameOf = useLeadName();
  const [left, right] = leads;
  const [stays, goes] = left.id === survivorId ? [left, right] : [right, left];
  const name = nameOf(stays);
  const partners = new Set(leads.map(({ partner }) => partner?.id ?? null));
  return (
    <ul className={styles.news}>
      <li>{t`Numbers, addresses, ids in other systems, comments and the history of both stay with ${name}.`}</li>
      <li>{t`Of the answers about consent the later one holds.`}</li>
      {stays.dealId !== null && <li>{t`Its deal stays as it is, with its tasks and timers.`}</li>}
      {goes.dealId !== null && (
        <li>{t`The deal of the other lead stays as it is, and is not linked from this lead.`}</li>
      )}
      {partners.size > 1 && (
        <li>{t`The lead belongs to whoever brought the person first. A partner who was later does not see it any more.`}</li>
      )}
      <li>{t`Links to the other lead open this one.`}</li>
      <li>
        <strong>{t`A merge cannot be taken back.`}</strong>
      </li>
    </ul>
  );
}
