import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Tag } from 'twenty-ui/data-display';
import type { PipelineDefinition } from 'twenty-mak-domain';
import type { DealRowFragment } from '../../generated/graphql.ts';
import type { DealField } from '../../parts/deal-edits/deal-change.ts';
import { FieldEditor } from '../../parts/deal-edits/field-editors.tsx';
import type { SaveDeal } from '../../parts/deal-edits/use-deal-edits.tsx';
import { StageTag, stageTitle } from '../../parts/pipelines/stage-tag.tsx';
import type { DataColumn } from '../../ui/data-table/columns.ts';
import { moneyText } from '../../ui/format/money-text.ts';
import { useFormat } from '../../ui/format/use-format.tsx';
import { SlaClock } from '../../ui/clock/sla-clock.tsx';
import styles from './table-page.module.css';

type Column = DataColumn<DealRowFragment>;

interface DealColumnsOptions {
  readonly pipeline: PipelineDefinition | null;
  readonly onSave: SaveDeal;
  readonly editable: boolean;
}

/** What can be seen of a deal in the table. */
export function useDealColumns({
  pipeline,
  onSave,
  editable,
}: DealColumnsOptions): readonly Column[] {
  const { t } = useLingui();
  const format = useFormat();
  return useMemo(() => {
    const edit = (field: DealField): Pick<Column, 'edit'> =>
      editable
        ? {
            edit: (deal, close) => (
              <FieldEditor field={field} deal={deal} onSave={onSave} onClose={close} />
            ),
          }
        : {};
    const gates = new Map(pipeline?.gates.map(({ key, title }) => [key, title]));
    const missing = ({ missingGates }: DealRowFragment): string =>
      missingGates.map((gate) => gates.get(gate) ?? gate).join(', ');
    const outcomes = { won: t`Won`, lost: t`Lost` } as const;
    return [
      {
        key: 'name',
        title: t`Name`,
        width: 260,
        fixed: true,
        sort: 'name',
        text: (deal) => deal.name ?? t`Without a name`,
        href: ({ id }) => `/deals/${id}`,
        ...edit('name'),
      },
      {
        key: 'stage',
        title: t`Stage`,
        width: 140,
        text: ({ stage }) => stageTitle(pipeline, stage),
        cell: ({ stage }) => <StageTag pipeline={pipeline} stage={stage} />,
      },
      {
        key: 'business_stage',
        title: t`Business stage`,
        width: 180,
        optional: true,
        text: ({ businessStage }) => businessStage ?? '',
      },
      {
        key: 'client',
        title: t`Client`,
        width: 180,
        text: ({ client, clientId }) => client?.name ?? clientId ?? '',
        ...edit('client'),
      },
      {
        key: 'amount',
        title: t`Amount`,
        width: 150,
        align: 'end',
        sort: 'amount',
        text: ({ amount, currency }) =>
          amount === null ? '' : `${moneyText(amount, currency ?? '')} ${currency ?? ''}`,
        cell: ({ amount, currency }) =>
          amount === null ? '' : format.money(amount, currency ?? ''),
        ...edit('amount'),
      },
      {
        key: 'owner',
        title: t`Owner`,
        width: 160,
        text: ({ owner, ownerId }) => owner?.name ?? ownerId ?? '',
        ...edit('owner'),
      },
      {
        key: 'due',
        title: t`Due`,
        width: 150,
        sort: 'sla_due_at',
        text: ({ slaDueAt }) => (slaDueAt === null ? '' : format.dateTime(slaDueAt)),
        cell: ({ slaDueAt }) => (slaDueAt === null ? '' : <SlaClock dueAt={slaDueAt} />),
      },
      {
        key: 'missing',
        title: t`Missing gates`,
        width: 180,
        text: missing,
        cell: (deal) =>
          deal.missingGates.length === 0 ? (
            ''
          ) : (
            <span className={styles.missing}>
              <IconAlertTriangle size={14} aria-hidden />
              {missing(deal)}
            </span>
          ),
      },
      {
        key: 'since',
        title: t`In stage since`,
        width: 170,
        sort: 'stage_started_at',
        text: ({ stageStartedAt }) => format.dateTime(stageStartedAt),
      },
      {
        key: 'outcome',
        title: t`Outcome`,
        width: 100,
        optional: true,
        text: ({ outcome }) => (outcome === null ? '' : outcomes[outcome]),
        cell: ({ outcome }) =>
          outcome === null ? (
            ''
          ) : (
            <Tag color={outcome === 'won' ? 'green' : 'red'} text={outcomes[outcome]} />
          ),
      },
      {
        key: 'created',
        title: t`Created`,
        width: 170,
        sort: 'created_at',
        optional: true,
        text: ({ createdAt }) => format.dateTime(createdAt),
      },
      {
        key: 'updated',
        title: t`Updated`,
        width: 170,
        sort: 'updated_at',
        optional: true,
        text: ({ updatedAt }) => format.dateTime(updatedAt),
      },
    ];
  }, [editable, format, onSave, pipeline, t]);
}
