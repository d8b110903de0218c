import { plainArray, textArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import type { DealRecord } from './deal-record.ts';

interface Delta {
  readonly pipelineId: string;
  readonly stage: string;
  readonly businessStage: string;
  readonly currency: string;
  deals: number;
  amount: bigint;
}

/** Moves the counters of the board by the difference that a batch makes; `businessStages` are those of the deals now. */
export function moveCounters(
  tx: Transaction,
  tenantId: string,
  deals: readonly DealRecord[],
  businessStages: readonly (string | null)[],
): void {
  const changed = deltasOf(deals, businessStages);
  if (changed.length === 0) return;
  tx.send(
    `INSERT INTO stage_counter (tenant_id, pipeline_id, stage, business_stage, currency, deals, amount)
     SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::numeric[])
     ON CONFLICT (tenant_id, pipeline_id, stage, business_stage, currency) DO UPDATE SET
       deals = stage_counter.deals + excluded.deals, amount = stage_counter.amount + excluded.amount`,
    [
      tenantId,
      plainArray(changed.map(({ pipelineId }) => pipelineId)),
      textArray(changed.map(({ stage }) => stage)),
      textArray(changed.map(({ businessStage }) => businessStage)),
      textArray(changed.map(({ currency }) => currency)),
      plainArray(changed.map((delta) => delta.deals)),
      plainArray(changed.map(({ amount }) => String(amount))),
    ],
    'stage_counter.add',
  );
}

function deltasOf(
  deals: readonly DealRecord[],
  businessStages: readonly (string | null)[],
): Delta[] {
  const deltas = new Map<string, Delta>();
  const add = (
    place: Omit<Delta, 'deals' | 'amount'>,
    sign: 1 | -1,
    amount: number | null,
  ): void => {
    const key = `${place.pipelineId}\n${place.stage}\n${place.businessStage}\n${place.currency}`;
    const delta = deltas.get(key) ?? { ...place, deals: 0, amount: 0n };
    delta.deals += sign;
    // Each amount is a safe integer, their sum need not be.
    delta.amount += BigInt(sign * (amount ?? 0));
    deltas.set(key, delta);
  };
  for (const [index, { before, pipelineId, state }] of deals.entries()) {
    if (before !== null && before.archived_at === null) {
      const { pipeline_id, stage, business_stage, currency, amount } = before;
      const businessStage = business_stage ?? '';
      add({ pipelineId: pipeline_id, stage, businessStage, currency: currency ?? '' }, -1, amount);
    }
    const { fields, stage } = state;
    const businessStage = businessStages[index] ?? '';
    if (fields.archivedAt === null)
      add({ pipelineId, stage, businessStage, currency: fields.currency ?? '' }, 1, fields.amount);
  }
  return [...deltas.values()].filter((delta) => delta.deals !== 0 || delta.amount !== 0n);
}
