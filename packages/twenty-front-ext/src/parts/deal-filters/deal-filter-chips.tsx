import { useLingui } from '@lingui/react/macro';
import type { PipelineDefinition } from 'twenty-mak-domain';
import { useTenant } from '../../app/shell/tenant.tsx';
import { FilterChips } from '../../ui/chip/filter-chips.tsx';
import type { FilterChip } from '../../ui/chip/filter-chips.tsx';
import { useFormat } from '../../ui/format/use-format.tsx';
import { stageTitle } from '../pipelines/stage-tag.tsx';
import { NO_CURRENCY } from './deal-filters.ts';
import type { DealFilters } from './deal-filters.ts';
import { useFilterTexts } from './filter-texts.ts';
import { useOwnerName } from './owner-choice.tsx';

interface DealFilterChipsProps {
  readonly value: DealFilters;
  readonly onChange: (value: DealFilters) => void;
  readonly pipeline: PipelineDefinition | null;
}

/** The filters that hold, each with a cross. */
export function DealFilterChips({ value, onChange, pipeline }: DealFilterChipsProps) {
  const chips = useChips(value, pipeline);
  return <FilterChips chips={chips} value={value} onChange={onChange} />;
}

function useChips(
  value: DealFilters,
  pipeline: PipelineDefinition | null,
): readonly FilterChip<DealFilters>[] {
  const { t } = useLingui();
  const format = useFormat();
  const texts = useFilterTexts();
  const tenant = useTenant();
  const ownerName = useOwnerName(value.owner);
  const stageText = (keys: readonly string[]): string | null =>
    keys.length === 0 ? null : keys.map((key) => stageTitle(pipeline, key)).join(', ');
  const currency = value.currency ?? tenant.currency;
  const money = (minor: number): string => format.money(minor, currency);
  const span = (from: string | null, before: string | null): string | null =>
    range(from, before, (at) => format.dateTime(at));
  const timer = pipeline?.timers?.find(({ key }) => key === value.timer);
  return [
    { name: t`Stage`, text: stageText(value.stages), without: { stages: [] } },
    { name: t`Business stage`, text: value.businessStage, without: { businessStage: null } },
    { name: t`Owner`, text: ownerName, without: { owner: null } },
    { name: t`Client`, text: value.client, without: { client: null } },
    { name: t`Industry`, text: value.industry, without: { industry: null } },
    { name: t`Segment`, text: value.segment, without: { segment: null } },
    { name: t`Client type`, text: value.clientType, without: { clientType: null } },
    { name: t`Budget`, text: value.budgetBand, without: { budgetBand: null } },
    { name: t`Due time`, text: labelOf(texts.sla, value.sla), without: { sla: null } },
    { name: t`Due`, text: span(null, value.dueBefore), without: { dueBefore: null } },
    { name: t`Outcome`, text: labelOf(texts.outcome, value.outcome), without: { outcome: null } },
    {
      name: t`Amount`,
      text: range(value.amountFrom, value.amountTo, money),
      without: { amountFrom: null, amountTo: null, currency: null },
    },
    {
      name: t`Created`,
      text: span(value.createdFrom, value.createdBefore),
      without: { createdFrom: null, createdBefore: null },
    },
    {
      name: t`Highest stage`,
      text: stageText(value.reachedStages),
      without: { reachedStages: [] },
    },
    { name: t`Timer`, text: timer?.title ?? value.timer, without: { timer: null } },
    { name: t`Clock`, text: labelOf(texts.run, value.runStatus), without: { runStatus: null } },
    {
      name: t`Clock due`,
      text: span(value.runDueFrom, value.runDueBefore),
      without: { runDueFrom: null, runDueBefore: null },
    },
    {
      name: t`Clock goal`,
      text: value.runReached ? t`reached, late or not` : null,
      without: { runReached: false },
    },
    { name: t`Has left`, text: stageText(value.leftStages), without: { leftStages: [] } },
    {
      name: t`Campaign figure`,
      text: figureText(value),
      without: { kpi: null, kpiCurrency: null },
    },
    {
      name: t`Reported`,
      text: span(value.kpiFrom, value.kpiBefore),
      without: { kpiFrom: null, kpiBefore: null },
    },
    {
      name: t`NPS answer`,
      text: range(value.npsScoreFrom, value.npsScoreTo, (score) => format.number(score)),
      without: { npsScoreFrom: null, npsScoreTo: null },
    },
    {
      name: t`Answered`,
      text: span(value.npsFrom, value.npsBefore),
      without: { npsFrom: null, npsBefore: null },
    },
    {
      name: t`Archived deals`,
      text: value.archived ? t`shown` : null,
      without: { archived: false },
    },
  ];
}

/** The figure and its currency, if it has one. */
function figureText({ kpi, kpiCurrency }: DealFilters): string | null {
  const currency = kpiCurrency === NO_CURRENCY ? null : kpiCurrency;
  const parts = [kpi, currency].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

function labelOf<Value extends string>(
  options: readonly { readonly value: Value; readonly label: string }[],
  value: Value | null,
): string | null {
  return options.find((option) => option.value === value)?.label ?? null;
}

/** Both ends, or the one that is there; null when neither is. */
function range<Value>(
  from: Value | null,
  to: Value | null,
  write: (value: Value) => string,
): string | null {
  if (from === null && to === null) return null;
  return `${from === null ? '' : write(from)} – ${to === null ? '' : write(to)}`.trim();
}
