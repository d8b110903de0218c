import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { Link } from 'react-router-dom';
import { ASKED_ANEW } from '../../app/data/client.ts';
import { useRefetchOn } from '../../app/data/use-refetch-on.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import { ClientLeadsDocument } from '../../generated/graphql.ts';
import type { ClientLeadsQuery } from '../../generated/graphql.ts';
import { useLeadName } from '../../parts/leads/contact-name.ts';
import { LeadStatus } from '../../parts/leads/lead-status.tsx';
import { useLeadWords } from '../../parts/leads/use-lead-words.ts';
import { Card } from '../../ui/card/card.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { LineList } from './line-list.tsx';
import styles from './client-page.module.css';

interface ClientLeadsProps {
  readonly id: string;
  readonly revision: number;
}

/** Leads that became deals of the client, or are of its people, for those who may see leads. */
export function ClientLeads({ id, revision }: ClientLeadsProps) {
  return useMay('leads:read') ? <LeadsCard id={id} revision={revision} /> : null;
}

function LeadsCard({ id, revision }: ClientLeadsProps) {
  const { t } = useLingui();
  const { data, error, refetch, fetchMore } = useQuery(ClientLeadsDocument, {
    variables: { client: id },
    context: ASKED_ANEW,
  });
  useRefetchOn(revision, refetch);
  const next = data?.leads.next ?? null;
  return (
    <Card title={t`Leads`}>
      <LineList
        lines={data?.leads.items.map((lead) => <LeadItem key={lead.id} lead={lead} />) ?? null}
        error={error}
        none={t`No leads yet. Leads that become deals of the client, or are of its people, appear here.`}
        height={80}
        onMore={next === null ? null : () => fetchMore({ variables: { cursor: next } })}
        onRetry={refetch}
      />
    </Card>
  );
}

function LeadItem({ lead }: { readonly lead: ClientLeadsQuery['leads']['items'][number] }) {
  const format = useFormat();
  const nameOf = useLeadName();
  const { titleOf } = useLeadWords();
  const { id, kind, status, amount, currency, createdAt } = lead;
  return (
    <li className={styles.line}>
      <Link to={`/leads/${id}`} className={styles.name}>
        {nameOf(lead)}
      </Link>
      <span className={styles.details}>
        <LeadStatus kind={kind} title={titleOf('statuses', status) ?? status} />
        <span>{format.date(createdAt)}</span>
      </span>
      <span className={styles.amount}>
        {amount === null ? '' : format.money(amount, currency ?? '')}
      </span>
    </li>
  );
}
