import { useLingui } from '@lingui/react/macro';
import { IconEqual, IconEqualNot, IconMinus } from '@tabler/icons-react';
import { Link } from 'react-router-dom';
import type { PairLeadFragment } from '../../generated/graphql.ts';
import { useLeadName } from '../../parts/leads/contact-name.ts';
import { LeadStatus } from '../../parts/leads/lead-status.tsx';
import type { LeadWords } from '../../parts/leads/use-lead-words.ts';
import { likenessOf } from './pair-rows.ts';
import type { Likeness, PairRow } from './pair-rows.ts';
import { usePairRows } from './use-pair-rows.ts';
import styles from './lead-duplicates.module.css';

interface PairTableProps {
  readonly left: PairLeadFragment;
  readonly right: PairLeadFragment;
  readonly words: LeadWords;
}

/** Two leads beside each other; in which they differ is seen and read. */
export function PairTable({ left, right, words }: PairTableProps) {
  const { t } = useLingui();
  const nameOf = useLeadName();
  const rows = usePairRows(words)(left, right);
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">{t`Field`}</span>
          </th>
          {[left, right].map((lead) => (
            <th key={lead.id} scope="col">
              <Link to={`/leads/${lead.id}`} className={styles.name}>
                {nameOf(lead)}
              </Link>
              <LeadStatus
                kind={lead.kind}
                title={words.titleOf('statuses', lead.status) ?? lead.status}
              />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.key} row={row} />
        ))}
      </tbody>
    </table>
  );
}

const ICONS = { same: IconEqual, different: IconEqualNot, one: IconMinus } as const;

function Row({ row }: { readonly row: PairRow }) {
  const { t } = useLingui();
  const likeness = likenessOf(row);
  const Icon = ICONS[likeness];
  const words: Readonly<Record<Likeness, string>> = {
    same: t`the same`,
    different: t`different`,
    one: t`only one has it`,
  };
  return (
    <tr data-likeness={likeness}>
      <th scope="row">
        <span className={styles.field}>
          <Icon size={14} role="img" aria-label={words[likeness]} className={styles.mark} />
          <span>{row.label}</span>
        </span>
      </th>
      {[row.left, row.right].map((values, index) => (
        // There are two, and they keep their places.
        <td key={index === 0 ? 'left' : 'right'}>
          {values.map((value) => (
            <span key={value} className={styles.value}>
              {value}
            </span>
          ))}
        </td>
      ))}
    </tr>
  );
}
