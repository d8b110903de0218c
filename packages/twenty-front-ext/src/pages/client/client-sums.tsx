import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'react-router-dom';
import type { ClientDetailFragment } from '../../generated/graphql.ts';
import { StageTag } from '../../parts/pipelines/stage-tag.tsx';
import { usePipeline } from '../../parts/pipelines/use-pipeline.ts';
import { usePipelines } from '../../parts/pipelines/use-pipelines.ts';
import { BarList } from '../../ui/bar-list/bar-list.tsx';
import { Card } from '../../ui/card/card.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import styles from './client-page.module.css';

type Sum = ClientDetailFragment['sums'][number];

/** Sums of the client's deals by stage; every figure leads to its deals. */
export function ClientSums({ client: { id, sums } }: { readonly client: ClientDetailFragment }) {
  const { t } = useLingui();
  const keys = [...new Set(sums.map(({ pipeline }) => pipeline))];
  return (
    <Card title={t`Deals by stage`}>
      {keys.length === 0 ? (
        <p className={styles.quiet}>
          <Trans>No deals yet. A deal that names this client appears here.</Trans>
        </p>
      ) : (
        keys.map((key) => (
          <PipelineSums
            key={key}
            client={id}
            pipelineKey={key}
            titled={keys.length > 1}
            sums={sums.filter(({ pipeline }) => pipeline === key)}
          />
        ))
      )}
    </Card>
  );
}

function PipelineSums({
  client,
  pipelineKey,
  titled,
  sums,
}: {
  readonly client: string;
  readonly pipelineKey: string;
  readonly titled: boolean;
  readonly sums: readonly Sum[];
}) {
  const { t } = useLingui();
  const format = useFormat();
  const pipeline = usePipeline(pipelineKey);
  const { pipelines } = usePipelines();
  const title = pipelines?.find(({ key }) => key === pipelineKey)?.title ?? pipelineKey;
  const order = [...(pipeline?.stages ?? []), ...(pipeline?.endings ?? [])].map(({ key }) => key);
  const place = ({ stage }: Sum): number => {
    const found = order.indexOf(stage);
    return found === -1 ? order.length : found;
  };
  const missing = [...new Set(sums.flatMap(({ sum }) => sum.missing))];
  // Amounts of which not all can be compared are not drawn.
  const converted = missing.length === 0;
  return (
    <>
      {titled && <h3 className={styles.subtitle}>{title}</h3>}
      <BarList
        label={t`Sums by stage, ${title}`}
        rows={sums
          .toSorted((one, other) => place(one) - place(other))
          .map(({ stage, deals, sum, sums: own }) => ({
            key: stage,
            label: (
              <Link to={dealsOf(client, pipelineKey, stage)} className={styles.stage}>
                <StageTag pipeline={pipeline} stage={stage} />
                <span>
                  <Plural value={deals} one="# deal" other="# deals" />
                </span>
              </Link>
            ),
            text: converted
              ? format.money(sum.amount, sum.currency)
              : own.map(({ amount, currency }) => format.money(amount, currency)).join(' + '),
            parts: [{ tone: 'calm', value: converted ? sum.amount : deals }],
          }))}
      />
      {!converted && (
        <p className={styles.quiet}>
          <Trans>
            The bars show numbers of deals: no exchange rate is known for {missing.join(', ')}.
          </Trans>
        </p>
      )}
    </>
  );
}

function dealsOf(client: string, pipeline: string, stage: string): string {
  return `/deals?${new URLSearchParams({ pipeline, stage, client }).toString()}`;
}
