import { useLingui } from '@lingui/react/macro';
import { IconArrowsSort, IconLayoutColumns, IconRoute } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { PipelineDefinition } from 'twenty-mak-domain';
import type { BoardGrouping } from '../../generated/graphql.ts';
import { DealFilterBar } from '../../parts/deal-filters/deal-filter-bar.tsx';
import type { DealFilters } from '../../parts/deal-filters/deal-filters.ts';
import { usePipelines } from '../../parts/pipelines/use-pipelines.ts';
import { Menu, MenuChoice } from '../../ui/menu/menu.tsx';
import type { BoardSort } from './board-request.ts';
import styles from './board-toolbar.module.css';

interface BoardToolbarProps {
  readonly pipeline: { readonly key: string; readonly definition: PipelineDefinition } | null;
  readonly onPipeline: (key: string) => void;
  readonly groupBy: BoardGrouping;
  readonly onGroupBy: (groupBy: BoardGrouping) => void;
  readonly sort: BoardSort;
  readonly onSort: (sort: BoardSort) => void;
  readonly filters: DealFilters;
  readonly onFilters: (filters: DealFilters) => void;
}

/** Which deals the board shows, in which columns and in which order. */
export function BoardToolbar(props: BoardToolbarProps) {
  const { pipeline, onPipeline, groupBy, onGroupBy, sort, onSort, filters, onFilters } = props;
  const { t } = useLingui();
  const { pipelines } = usePipelines();
  const sorts: readonly { value: BoardSort; label: string }[] = [
    { value: '-stage_started_at', label: t`Newest in the stage first` },
    { value: 'stage_started_at', label: t`Longest in the stage first` },
    { value: 'sla_due_at', label: t`Next due first` },
    { value: '-amount', label: t`Largest amount first` },
    { value: 'name', label: t`By name` },
    { value: '-updated_at', label: t`Last changed first` },
    { value: '-created_at', label: t`Newest first` },
  ];
  const groupings: readonly { value: BoardGrouping; label: string }[] = [
    { value: 'stage', label: t`By stage` },
    { value: 'business', label: t`By business stage` },
  ];
  return (
    <>
      {pipelines !== null && pipelines.length > 1 && pipeline !== null && (
        <Choice
          Icon={IconRoute}
          label={t`Pipeline`}
          value={pipeline.key}
          options={pipelines.map(({ key, title }) => ({ value: key, label: title }))}
          onChange={onPipeline}
        />
      )}
      <Choice
        Icon={IconLayoutColumns}
        label={t`Columns`}
        value={groupBy}
        options={groupings}
        onChange={onGroupBy}
      />
      <Choice
        Icon={IconArrowsSort}
        label={t`Order`}
        value={sort}
        options={sorts}
        onChange={onSort}
      />
      <DealFilterBar value={filters} onChange={onFilters} pipeline={pipeline?.definition ?? null} />
    </>
  );
}

interface ChoiceProps<Value extends string> {
  readonly Icon: ComponentType<{ size?: number }>;
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
}

function Choice<Value extends string>({
  Icon,
  label,
  value,
  options,
  onChange,
}: ChoiceProps<Value>) {
  const chosen = options.find((option) => option.value === value)?.label ?? value;
  return (
    <Menu
      trigger={
        <button type="button" className={styles.choice} aria-label={`${label}: ${chosen}`}>
          <Icon size={16} />
          <span className={styles.text}>{chosen}</span>
        </button>
      }
    >
      <MenuChoice label={label} value={value} options={options} onChange={onChange} />
    </Menu>
  );
}
