import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { Link } from 'react-router-dom';
import { useRefetchOn } from '../../app/data/use-refetch-on.ts';
import { ClientDealsDocument } from '../../generated/graphql.ts';
import type { ClientDealsQuery } from '../../generated/graphql.ts';
import { StageTag } from '../../parts/pipelines/stage-tag.tsx';
import { usePipeline } from '../../parts/pipelines/use-pipeline.ts';
import { Card } from '../../ui/card/card.tsx';
import { SlaClock } from '../../ui/clock/sla-clock.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { LineList } from './line-list.tsx';
import styles from './client-page.module.css';

type DealLine = ClientDealsQuery['client']['deals']['nodes'][number];

/** All deals of the client, those that moved last first. */
export function ClientDeals({ id, revision }: { readonly id: string; readonly revision: number }) {
  const { t } = useLingui();
  const { data, error, refetch, fetchMore } = useQuery(ClientDealsDocument, { variables: { id } });
  useRefetchOn(revision, refetch);
  const deals = data?.client.deals;
  const more = async (): Promise<void> => {
    await fetchMore({
      variables: { after: deals?.pageInfo.endCursor },
      updateQuery: (before, { fetchMoreResult: { client } }) => {
        const known = new Set(before.client.deals.nodes.map((one) => one.id));
        const fresh = client.deals.nodes.filter((one) => !known.has(one.id));
        const all = [...before.client.deals.nodes, ...fresh];
        return { client: { ...client, deals: { ...client.deals, nodes: all } } };
      },
    });
  };
  return (
    <Card title={t`Deals`}>
      <LineList
        lines={deals?.nodes.map((deal) => <DealItem key={deal.id} deal={deal} />) ?? null}
        error={error}
        none={t`No deals yet.`}
        height={200}
        onMore={deals?.pageInfo.hasNextPage === true ? more : null}
        onRetry={refetch}
      />
    </Card>
  );
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
