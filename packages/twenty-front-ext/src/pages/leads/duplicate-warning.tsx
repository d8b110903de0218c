import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router-dom';
import { LeadNameDocument } from '../../generated/graphql.ts';
import { useLeadName } from '../../parts/leads/contact-name.ts';
import type { Notice } from './new-lead-draft.ts';
import styles from './leads.module.css';

interface DuplicateWarningProps {
  readonly fate: 'warn' | 'block' | 'merge';
  readonly notice: Notice;
}

/** That there is such a lead already, which ones as far as the person may know, and what happens next. */
export function DuplicateWarning({ fate, notice: { matches } }: DuplicateWarningProps) {
  const { t } = useLingui();
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    shown.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const texts = {
    warn: t`There is such a lead already. Enter it all the same?`,
    block: t`There is such a lead already, and the rule of your company is not to enter it again.`,
    merge: t`There is such a lead already. What you enter is added to it.`,
  };
  return (
    <div ref={shown} role="alert" className={styles.warning}>
      <p>{texts[fate]}</p>
      {matches !== null && matches.length > 0 && (
        <ul>
          {matches.map(({ leadId, by }) => (
            <li key={leadId}>
              <Match id={leadId} by={by} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Match({ id, by }: { readonly id: string; readonly by: string }) {
  const { t } = useLingui();
  const nameOf = useLeadName();
  const { data } = useQuery(LeadNameDocument, { variables: { id } });
  const ways: Readonly<Record<string, string>> = {
    phone: t`the same telephone number`,
    email: t`the same e-mail address`,
    name: t`a similar name in the same city`,
  };
  const name = data === undefined ? t`A lead` : nameOf(data.lead);
  return (
    <>
      <Link to={`/leads/${id}`} target="_blank" rel="noreferrer">
        {name}
      </Link>
      : {ways[by] ?? by}
    </>
  );
}
