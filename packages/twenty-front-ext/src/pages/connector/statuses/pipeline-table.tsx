import { useLingui } from '@lingui/react/macro';
import { IconWand } from '@tabler/icons-react';
import { useId } from 'react';
import { Button } from 'twenty-ui/input';
import { allFacts } from '../../../parts/record-fact/fact-choices.ts';
import { useFactText } from '../../../parts/record-fact/use-fact-text.ts';
import { StageTag } from '../../../parts/pipelines/stage-tag.tsx';
import { usePipeline } from '../../../parts/pipelines/use-pipeline.ts';
import type { PipelineHead } from '../../../parts/pipelines/use-pipelines.ts';
import { SelectField } from '../../../ui/form/select-field.tsx';
import type { Option } from '../../../ui/form/select-field.tsx';
import { PageSkeleton } from '../../../ui/states/skeleton.tsx';
import { Table } from '../../../ui/table/table.tsx';
import { useWithGone } from '../with-gone.ts';
import { proposedTable, statusTitle } from './proposed-table.ts';
import type { Status } from './proposed-table.ts';
import { withText } from './table-values.ts';
import type { StageTable } from './table-values.ts';
import styles from '../connector.module.css';

interface PipelineTableProps {
  readonly pipeline: PipelineHead;
  /** Name of the other system. */
  readonly title: string;
  readonly statuses: readonly Status[];
  readonly table: StageTable;
  readonly onChange: (table: StageTable) => void;
}

/** Which status shows each stage of a pipeline, and which fact a move to a status records. */
export function PipelineTable({ pipeline, title, statuses, table, onChange }: PipelineTableProps) {
  const { t } = useLingui();
  const id = useId();
  const definition = usePipeline(pipeline.key);
  const factText = useFactText();
  const withGone = useWithGone();
  const name = pipeline.title;
  if (definition === null) return <PageSkeleton />;
  const stages = [...definition.stages, ...(definition.endings ?? [])];
  // A move says nothing more, so facts that need data cannot be recorded by it.
  const facts = allFacts(definition).filter(({ data }) => Object.keys(data).length === 0);
  const events = facts.map((fact) => ({ value: fact.type, label: factText(fact) }));
  const { statusOf, eventOf } = table;
  const known = statuses.map((one) => ({ value: one.status, label: statusTitle(one) }));
  // A table may still name what somebody has deleted there; only then it is shown.
  const moves = withGone(known, Object.keys(eventOf));
  const proposed = proposedTable(pipeline, stages, statuses, table);
  const isProposed = Object.keys(proposed.statusOf).length > Object.keys(statusOf).length;
  return (
    <section aria-labelledby={id} className={styles.matrix}>
      <h2 id={id} className={styles.heading}>
        {name}
      </h2>
      {isProposed && (
        <div>
          <Button
            type="button"
            Icon={IconWand}
            title={t`Match by names: ${name}`}
            variant="secondary"
            size="small"
            onClick={() => onChange(proposed)}
          />
        </div>
      )}
      <div className={styles.tables}>
        <Table label={t`${name}: stages`} head={[t`Stage`, t`Status in ${title}`]}>
          {stages.map((stage) => (
            <tr key={stage.key}>
              <td>
                <StageTag pipeline={definition} stage={stage.key} />
              </td>
              <td>
                <SelectField
                  label={t`Status of ${stage.title}, ${name}`}
                  labelHidden
                  value={statusOf[stage.key] ?? ''}
                  options={[
                    { value: '', label: t`none` },
                    ...withGone(known, [statusOf[stage.key] ?? '']),
                  ]}
                  onChange={(status) =>
                    onChange({ ...table, statusOf: withText(statusOf, stage.key, status) })
                  }
                />
              </td>
            </tr>
          ))}
        </Table>
        <Table label={t`${name}: moves`} head={[t`Moved by hand to`, t`Fact that is recorded`]}>
          {moves.map(({ value: status, label }) => (
            <tr key={status}>
              <td>{label}</td>
              <td>
                <SelectField
                  label={t`Fact of a move to ${label}, ${name}`}
                  labelHidden
                  value={eventOf[status] ?? ''}
                  options={withNone(t`none; put right`, events, eventOf[status])}
                  onChange={(type) =>
                    onChange({ ...table, eventOf: withText(eventOf, status, type) })
                  }
                />
              </td>
            </tr>
          ))}
        </Table>
      </div>
    </section>
  );
}

/** With the choice of none before them, and what is set although it is not offered any more. */
function withNone(
  none: string,
  options: readonly Option[],
  chosen: string | undefined,
): readonly Option[] {
  const once = [...new Map(options.map((option) => [option.value, option])).values()];
  const isKnown = chosen === undefined || once.some(({ value }) => value === chosen);
  return [
    { value: '', label: none },
    ...once,
    ...(isKnown ? [] : [{ value: chosen, label: chosen }]),
  ];
}
