import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router-dom';
import { Button } from 'twenty-ui/input';
import { problemOf } from '../../app/data/problem.ts';
import { useAttempt } from '../../app/data/use-attempt.ts';
import { ClientDealsDocument } from '../../generated/graphql.ts';
import type { ClientDealsQuery } from '../../generated/graphql.ts';
import { StageTag } from '../../parts/pipelines/stage-tag.tsx';
import { usePipeline } from '../../parts/pipelines/use-pipeline.ts';
import { Card } from '../../ui/card/card.tsx';
import { SlaClock } from '../../ui/clock/sla-clock.tsx';
import { FormProblem } from '../../ui/form/form-problem.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { Skeleton } from '../../ui/states/skeleton.tsx';
import styles from './client-page.module.css';

type DealLine = ClientDealsQuery['client']['deals']['nodes'][number];

/** All deals of the client, those that moved last first. */
export function ClientDeals({ id, revision }: { readonly id: string; readonly revision: number }) {
  const { t } = useLingui();
  const { data, error, refetch, fetchMore } = useQuery(ClientDealsDocument, { variables: { id } });
  const { problem, busy, run } = useAttempt();
  const seen = useRef(revision);
  useEffect(() => {
    if (seen.current === revision) return;
    seen.current = revision;
    refetch().catch(() => undefined);
  }, [revision, refetch]);
  return <Card title={t`Deals`}>{content()}</Card>;

  function content() {
    if (data === undefined) {
      if (error === undefined) return <Skeleton height={200} />;
      return (
        <ErrorState
          problem={problemOf(error)}
          onRetry={() => void refetch().catch(() => undefined)}
        />
      );
    }
    const { nodes, pageInfo } = data.client.deals;
    if (nodes.length === 0) return <p className={styles.quiet}>{t`No deals yet.`}</p>;
    const more = async (): Promise<void> => {
      await fetchMore({
        variables: { after: pageInfo.endCursor },
        updateQuery: (before, { fetchMoreResult: { client } }) => {
          const known = new Set(before.client.deals.nodes.map((one) => one.id));
          const fresh = client.deals.nodes.filter((one) => !known.has(one.id));
          const all = [...before.client.deals.nodes, ...fresh];
          return { client: { ...client, deals: { ...client.deals, nodes: all } } };
        },
      });
    };
    return (
      <>
        <ul className={styles.lines}>
          {nodes.map((deal) => (
            <DealItem key={deal.id} deal={deal} />
          ))}
        </ul>
        <FormProblem problem={problem} />
        {pageInfo.hasNextPage && (
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

function DealItem({ deal }: { readonly deal: DealLine }) {
  const { t } = useLingui();
  const format = useFormat();
  const pipeline = usePipeline(deal.pipeline);
  const { id, name, stage, amount, currency, owner, slaDueAt } = deal;
  return (
    <li className={styles.line}>
      <Link to={`/deals/${id}`} className={styles.name}>
        {name ?? t`Deal without a name`}
      </Link>
      <span className={styles.details}>
        <StageTag pipeline={pipeline} stage={stage} />
        {owner !== null && <span>{owner.name}</span>}
        {slaDueAt !== null && <SlaClock dueAt={slaDueAt} />}
      </span>
      <span className={styles.amount}>
        {amount === null ? '' : format.money(amount, currency ?? '')}
      </span>
    </li>
  );
}
