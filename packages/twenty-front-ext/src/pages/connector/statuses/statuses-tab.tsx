import { useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from 'twenty-ui/input';
import { problemOf } from '../../../app/data/problem.ts';
import { ConnectorStatusesDocument } from '../../../generated/graphql.ts';
import type { ConnectorLineFragment } from '../../../generated/graphql.ts';
import { usePipelines } from '../../../parts/pipelines/use-pipelines.ts';
import type { PipelineHead } from '../../../parts/pipelines/use-pipelines.ts';
import { ValuesConflict } from '../../../ui/conflict/values-conflict.tsx';
import { Form } from '../../../ui/form/form.tsx';
import { EmptyState } from '../../../ui/states/empty-state.tsx';
import { ErrorState } from '../../../ui/states/error-state.tsx';
import { PageSkeleton } from '../../../ui/states/skeleton.tsx';
import { useConnectorSave } from '../use-connector-save.ts';
import { PipelineTable } from './pipeline-table.tsx';
import type { Status } from './proposed-table.ts';
import { NO_TABLE, pipelineOf, tableKey, tablesOf, valuesOf } from './table-values.ts';
import type { StageTable, TableValues } from './table-values.ts';
import styles from '../connector.module.css';

interface StatusesTabProps {
  readonly connector: ConnectorLineFragment;
}

/** How statuses of the other system follow from stages; the other system is asked which it has. */
export function StatusesTab({ connector }: StatusesTabProps) {
  const { t } = useLingui();
  const { data, error, refetch } = useQuery(ConnectorStatusesDocument, {
    variables: { key: connector.key },
  });
  const { pipelines, problem } = usePipelines();
  if (data?.connectorStatuses.length === 0)
    return (
      <EmptyState
        title={t`No statuses`}
        text={t`Nothing that is kept equal has statuses there. Choose under Settings what becomes deals.`}
      />
    );
  if (data !== undefined && pipelines !== null)
    return (
      <TablesForm connector={connector} pipelines={pipelines} statuses={data.connectorStatuses} />
    );
  const failed = error === undefined ? problem : problemOf(error);
  if (failed === null) return <PageSkeleton />;
  return <ErrorState problem={failed} onRetry={() => void refetch()} />;
}

interface TablesFormProps extends StatusesTabProps {
  readonly pipelines: readonly PipelineHead[];
  readonly statuses: readonly Status[];
}

function TablesForm({ connector, pipelines, statuses }: TablesFormProps) {
  const { t } = useLingui();
  const { title } = connector;
  const { values, setValues, isChanged, discard, save, problem, busy, conflict, ...choose } =
    useConnectorSave<TableValues>({
      connector,
      valuesOf,
      inputOf: (_, edited) => ({ stageTables: tablesOf(edited) }),
    });
  const label = (key: keyof TableValues): string =>
    pipelines.find(({ id }) => id === pipelineOf(String(key)))?.title ?? String(key);
  return (
    <Form problem={problem} onSubmit={save}>
      <p className={styles.lead}>
        <Trans>
          MaK computes stages; {title} shows them as statuses. Of a stage without a status nothing
          is said there. Who moves a record there records the fact that is named for the status;
          without one, the move is put right. Changed tables begin a full resync.
        </Trans>
      </p>
      {pipelines.map((pipeline) => (
        <PipelineTable
          key={pipeline.id}
          pipeline={pipeline}
          title={title}
          statuses={statuses}
          table={values[tableKey(pipeline.id)] ?? NO_TABLE}
          onChange={(table) => setValues({ ...values, [tableKey(pipeline.id)]: table })}
        />
      ))}
      <div className={styles.save}>
        <Button
          type="submit"
          title={t`Save`}
          variant="primary"
          accent="blue"
          disabled={busy || !isChanged}
        />
        {isChanged && (
          <Button type="button" title={t`Discard changes`} variant="secondary" onClick={discard} />
        )}
      </div>
      {conflict !== null && (
        <ValuesConflict
          rows={conflict.fields.map((key) => ({
            label: label(key),
            mine: showTable(conflict.changes[key]),
            theirs: showTable(conflict.now[key]),
          }))}
          onKeepMine={() => void choose.keepMine()}
          onTakeTheirs={() => void choose.takeTheirs()}
        />
      )}
    </Form>
  );
}

/** A whole table, to compare two of them. */
function showTable(table: StageTable | number | undefined): string {
  if (typeof table !== 'object') return '–';
  const { statusOf, eventOf } = table;
  return [
    ...Object.entries(statusOf).map(([stage, status]) => `${stage} → ${status}`),
    ...Object.entries(eventOf).map(([status, type]) => `${status} → ${type}`),
  ].join(', ');
}
