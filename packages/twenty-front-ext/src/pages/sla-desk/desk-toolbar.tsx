import { useLingui } from '@lingui/react/macro';
import type { SlaDeskQuery } from '../../generated/graphql.ts';
import { usePersonName } from '../../parts/people/person-name.tsx';
import type { PipelineHead } from '../../parts/pipelines/use-pipelines.ts';
import { usePipeline } from '../../parts/pipelines/use-pipeline.ts';
import { SelectField } from '../../ui/form/select-field.tsx';
import type { Option } from '../../ui/form/select-field.tsx';
import type { DeskFilter } from './use-desk-filter.ts';
import styles from './sla-desk.module.css';

interface DeskToolbarProps {
  readonly filter: DeskFilter;
  readonly onChange: (change: Partial<DeskFilter>) => void;
  readonly pipelines: readonly PipelineHead[];
  readonly people: SlaDeskQuery['slaDeskPeople'];
}

/** What the desk is narrowed by. Timers belong to a pipeline: with several of them one is chosen first. */
export function DeskToolbar({ filter, onChange, pipelines, people }: DeskToolbarProps) {
  const { t } = useLingui();
  const only = pipelines.length === 1 ? (pipelines[0]?.key ?? null) : null;
  const definition = usePipeline(filter.pipeline ?? only);
  const personName = usePersonName(filter.person);
  const timers = (definition?.timers ?? []).map(({ key, title }) => ({
    value: key,
    label: title ?? key,
  }));
  const known = people.flatMap(({ personId, personName: name }) =>
    personId === null ? [] : [{ value: personId, label: name ?? personId }],
  );
  const valueOf = (value: string): string | null => (value === '' ? null : value);
  return (
    <div className={styles.filters} role="search" aria-label={t`SLA desk`}>
      {pipelines.length > 1 && (
        <SelectField
          label={t`Pipeline`}
          value={filter.pipeline ?? ''}
          options={[
            { value: '', label: t`All pipelines` },
            ...pipelines.map(({ key, title }) => ({ value: key, label: title })),
          ]}
          onChange={(value) => onChange({ pipeline: valueOf(value), timer: null })}
        />
      )}
      {(timers.length > 0 || filter.timer !== null) && (
        <SelectField
          label={t`Timer`}
          value={filter.timer ?? ''}
          options={[
            { value: '', label: t`All timers` },
            ...withChosen(timers, filter.timer, filter.timer),
          ]}
          onChange={(value) => onChange({ timer: valueOf(value) })}
        />
      )}
      <SelectField
        label={t`Person`}
        value={filter.person ?? ''}
        options={[
          { value: '', label: t`Everybody` },
          ...withChosen(known, filter.person, personName),
        ]}
        onChange={(value) => onChange({ person: valueOf(value) })}
      />
    </div>
  );
}

/** What an address names may be gone; it is still what holds. */
function withChosen(
  options: readonly Option[],
  value: string | null,
  label: string | null,
): readonly Option[] {
  if (value === null || options.some((option) => option.value === value)) return options;
  return [...options, { value, label: label ?? value }];
}
