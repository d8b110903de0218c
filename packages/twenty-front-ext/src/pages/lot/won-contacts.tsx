import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { Link } from 'react-router-dom';
import { problemOf } from '../../app/data/problem.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import { WonContactDocument } from '../../generated/graphql.ts';
import type { LotLineFragment } from '../../generated/graphql.ts';
import { Card } from '../../ui/card/card.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import styles from './lot.module.css';

/** Who is behind the leads; shown to who has bought them. */
export function WonContacts({ lot }: { readonly lot: LotLineFragment }) {
  const { t } = useLingui();
  const may = useMay('leads:read');
  const ids = lot.leads.map(({ leadId }) => leadId).filter((id) => id !== null);
  if (!may || ids.length === 0) return null;
  return (
    <Card title={t`Contact`}>
      {ids.map((id) => (
        <Contact key={id} id={id} />
      ))}
    </Card>
  );
}

function Contact({ id }: { readonly id: string }) {
  const { t } = useLingui();
  const { data, error, refetch } = useQuery(WonContactDocument, { variables: { id } });
  if (data === undefined) {
    if (error === undefined) return <Skeleton height={60} />;
    return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
  }
  const { title, contact } = data.lead;
  const { name, phones, emails, city } = contact;
  return (
    <address className={styles.contact}>
      <strong>{name ?? title ?? t`Without a name`}</strong>
      {phones.map((phone) => (
        <a key={phone} href={`tel:${phone}`}>
          {phone}
        </a>
      ))}
      {emails.map((email) => (
        <a key={email} href={`mailto:${email}`}>
          {email}
        </a>
      ))}
      {city !== null && <span>{city}</span>}
      <Link to={`/leads/${id}`}>{t`Open the lead`}</Link>
    </address>
  );
}
