import { useLingui } from '@lingui/react/macro';
import type { PipelineDefinition } from 'twenty-mak-domain';
import { useTenant } from '../../app/shell/tenant.tsx';
import { RemovableChip } from '../../ui/chip/removable-chip.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { usePersonName } from '../people/person-name.tsx';
import type { DealFilters } from './deal-filters.ts';
import { useFilterTexts } from './filter-texts.ts';

interface DealFilterChipsProps {
  readonly value: DealFilters;
  readonly onChange: (value: DealFilters) => void;
  readonly pipeline: PipelineDefinition | null;
}

interface Chip {
  readonly name: string;
  readonly text: string;
  readonly without: Partial<DealFilters>;
}

/** The filters that hold, each with a cross. */
export function DealFilterChips({ value, onChange, pipeline }: DealFilterChipsProps) {
  const { t } = useLingui();
  const chips = useChips(value, pipeline);
  return chips.map(({ name, text, without }) => (
    <RemovableChip
      key={name}
      removeLabel={t`Remove filter ${name}`}
      onRemove={() => onChange({ ...value, ...without })}
    >
      {name}: {text}
    </RemovableChip>
  ));
}

function useChips(value: DealFilters, pipeline: PipelineDefinition | null): readonly Chip[] {
  const { t } = useLingui();
  const format = useFormat();
  const texts = useFilterTexts();
  const tenant = useTenant();
  const ownerName = usePersonName(value.owner);
  const titles = new Map(
    [...(pipeline?.stages ?? []), ...(pipeline?.endings ?? [])].map(({ key, title }) => [
      key,
      title,
    ]),
  );
  const currency = value.currency ?? tenant.currency;
  const money = (minor: number | null): string =>
    minor === null ? '' : format.money(minor, currency);
  const chips: Chip[] = [];
  const add = (shown: boolean, name: string, text: string, without: Partial<DealFilters>): void => {
    if (shown) chips.push({ name, text, without });
  };
  const stages = value.stages.map((key) => titles.get(key) ?? key).join(', ');
  add(value.stages.length > 0, t`Stage`, stages, { stages: [] });
  add(value.businessStage !== null, t`Business stage`, value.businessStage ?? '', {
    businessStage: null,
  });
  add(value.owner !== null, t`Owner`, ownerName ?? '', { owner: null });
  add(value.client !== null, t`Client`, value.client ?? '', { client: null });
  add(value.sla !== null, t`Due time`, labelOf(texts.sla, value.sla), { sla: null });
  add(
    value.dueBefore !== null,
    t`Due before`,
    value.dueBefore === null ? '' : format.dateTime(value.dueBefore),
    { dueBefore: null },
  );
  add(value.outcome !== null, t`Outcome`, labelOf(texts.outcome, value.outcome), { outcome: null });
  add(
    value.amountFrom !== null || value.amountTo !== null,
    t`Amount`,
    `${money(value.amountFrom)} – ${money(value.amountTo)}`,
    { amountFrom: null, amountTo: null, currency: null },
  );
  add(value.archived, t`Archived deals`, t`shown`, { archived: false });
  return chips;
}

function labelOf<Value extends string>(
  options: readonly { readonly value: Value; readonly label: string }[],
  value: Value | null,
): string {
  return options.find((option) => option.value === value)?.label ?? '';
}
