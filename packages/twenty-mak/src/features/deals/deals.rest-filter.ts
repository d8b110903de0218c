import { withoutNulls } from '../../platform/validation/index.ts';
import type { DealFilterInput } from './deal-inputs.model.ts';

/** The filter in the words of REST, so that one schema checks both. */
export function restFilter(filter: DealFilterInput = {}): Record<string, unknown> {
  const { stages, ref, run, kpi, nps } = filter;
  return withoutNulls({
    id: filter.ids,
    pipeline: filter.pipeline,
    stage: stages,
    business_stage: filter.businessStage,
    owner: filter.owner,
    client: filter.client,
    amount_from: filter.amountFrom,
    amount_to: filter.amountTo,
    currency: filter.currency,
    sla: filter.sla,
    due_before: filter.dueBefore,
    outcome: filter.outcome,
    archived: wordOf(filter.archived),
    text: filter.text,
    ref_system: ref?.system,
    ref_id: ref?.id,
    updated_since: filter.updatedSince,
    created_from: filter.createdFrom,
    created_before: filter.createdBefore,
    reached_stage: filter.reachedStages,
    industry: filter.industry,
    client_type: filter.clientType,
    budget_band: filter.budgetBand,
    segment: filter.segment,
    timer: run?.timer,
    run_status: run?.status,
    run_reached: wordOf(run?.reached),
    run_due_from: run?.dueFrom,
    run_due_before: run?.dueBefore,
    left_stage: filter.leftStages,
    kpi: kpi?.name,
    kpi_currency: kpi?.currency,
    kpi_from: kpi?.from,
    kpi_before: kpi?.before,
    nps_score_from: nps?.scoreFrom,
    nps_score_to: nps?.scoreTo,
    nps_from: nps?.from,
    nps_before: nps?.before,
  });
}

function wordOf(value: boolean | null | undefined): string | undefined {
  return typeof value === 'boolean' ? `${value}` : undefined;
}
