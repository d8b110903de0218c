import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router-dom';
import { Button } from 'twenty-ui/input';
import { ASKED_ANEW } from '../../app/data/client.ts';
import { problemOf } from '../../app/data/problem.ts';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { useMay } from '../../app/shell/tenant.tsx';
import { ClientLeadsDocument } from '../../generated/graphql.ts';
import type { ClientLeadsQuery } from '../../generated/graphql.ts';
import { useLeadName } from '../../parts/leads/contact-name.ts';
import { LeadStatus } from '../../parts/leads/lead-status.tsx';
import { useLeadWords } from '../../parts/leads/use-lead-words.ts';
import { Card } from '../../ui/card/card.tsx';
import { FormProblem } from '../../ui/form/form-problem.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { Skeleton } from '../../ui/states/skeleton.tsx';
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
  const { problem, busy, run } = useAttempt();
  const seen = useRef(revision);
  useEffect(() => {
    if (seen.current === revision) return;
    seen.current = revision;
    refetch().catch(() => undefined);
  }, [revision, refetch]);
  return <Card title={t`Leads`}>{content()}</Card>;

  function content() {
    if (data === undefined) {
      if (error === undefined) return <Skeleton height={80} />;
      return (
        <ErrorState
          problem={problemOf(error)}
          onRetry={() => void refetch().catch(() => undefined)}
        />
      );
    }
    const { items, next } = data.leads;
    if (items.length === 0)
      return (
        <p
          className={styles.quiet}
        >{t`No leads yet. Leads that become deals of the client, or are of its people, appear here.`}</p>
      );
    const more = async (): Promise<void> => {
      await fetchMore({ variables: { cursor: next } });
    };
    return (
      <>
        <ul className={styles.lines}>
          {items.map((lead) => (
            <LeadItem key={lead.id} lead={lead} />
          ))}
        </ul>
        <FormProblem problem={problem} />
        {next !== null && (
          <div className={styles.more}>
            <Button
              title={t`Show more`}
              variant="secondary"
              size="small"
              disabled={busy}
              onClick={() => void run(more)}
            />
          </div>
        )}
      </>
    );
  }
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
