import { Trans, useLingui } from '@lingui/react/macro';
import type { PipelineDefinition } from 'twenty-mak-domain';
import { useTenant } from '../../app/shell/tenant.tsx';
import { AmountRange } from '../../ui/form/amount-range.tsx';
import { CheckboxField } from '../../ui/form/checkbox-field.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';
import { ClientChoice } from './client-choice.tsx';
import type { DealFilters } from './deal-filters.ts';
import { useFilterTexts } from './filter-texts.ts';
import { OwnerChoice } from './owner-choice.tsx';
import styles from './deal-filters.module.css';

interface DealFilterFormProps {
  readonly value: DealFilters;
  readonly onChange: (value: DealFilters) => void;
  readonly pipeline: PipelineDefinition | null;
}

/** Every filter; a change holds at once. */
export function DealFilterForm({ value, onChange, pipeline }: DealFilterFormProps) {
  const { t } = useLingui();
  const texts = useFilterTexts();
  const tenant = useTenant();
  const set = (change: Partial<DealFilters>): void => onChange({ ...value, ...change });
  const any = { value: '', label: t`Any` } as const;
  const businessStages = pipeline === null ? [] : businessStagesOf(pipeline);
  return (
    <>
      {pipeline !== null && (
        <StageChoice
          pipeline={pipeline}
          chosen={value.stages}
          onChange={(stages) => set({ stages })}
        />
      )}
      {businessStages.length > 0 && (
        <SelectField
          label={t`Business stage`}
          value={value.businessStage ?? ''}
          options={[any, ...businessStages.map((one) => ({ value: one, label: one }))]}
          onChange={(one) => set({ businessStage: one === '' ? null : one })}
        />
      )}
      <OwnerChoice value={value.owner} onChange={(owner) => set({ owner })} />
      <SelectField
        label={t`Due time`}
        value={value.sla ?? ''}
        options={[any, ...texts.sla]}
        onChange={(sla) => set({ sla: sla === '' ? null : sla })}
      />
      <SelectField
        label={t`Outcome`}
        value={value.outcome ?? ''}
        options={[any, ...texts.outcome]}
        onChange={(outcome) => set({ outcome: outcome === '' ? null : outcome })}
      />
      <AmountRange
        from={value.amountFrom}
        to={value.amountTo}
        currency={value.currency ?? tenant.currency}
        onChange={(amountFrom, amountTo, currency) => set({ amountFrom, amountTo, currency })}
      />
      <ClientChoice value={value} onChange={set} />
      <CheckboxField
        label={t`Archived deals`}
        checked={value.archived}
        onChange={(archived) => set({ archived })}
      />
    </>
  );
}

function StageChoice({
  pipeline,
  chosen,
  onChange,
}: {
  readonly pipeline: PipelineDefinition;
  readonly chosen: readonly string[];
  readonly onChange: (stages: readonly string[]) => void;
}) {
  const stages = [...pipeline.stages, ...(pipeline.endings ?? [])];
  return (
    <fieldset className={styles.stages}>
      <legend>
        <Trans>Stage</Trans>
      </legend>
      {stages.map(({ key, title }) => (
        <CheckboxField
          key={key}
          label={title}
          checked={chosen.includes(key)}
          onChange={(checked) =>
            onChange(checked ? [...chosen, key] : chosen.filter((one) => one !== key))
          }
        />
      ))}
    </fieldset>
  );
}

/** Names of business stages in the order of the pipeline. */
export function businessStagesOf({ stages }: PipelineDefinition): readonly string[] {
  const names = stages.flatMap(({ businessStage, businessStageWhen = [] }) => [
    ...(businessStage === undefined ? [] : [businessStage]),
    ...businessStageWhen.map((one) => one.businessStage),
  ]);
  return [...new Set(names)];
}
