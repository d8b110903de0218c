import { formatInstant } from 'twenty-mak-domain';
import type { EventRow } from './deal-history.repository.ts';
import type { DealDetail, GateView, RunView } from './deal-history.service.ts';
import { dealAnswer, optional } from './deals.dto.ts';
import type { DealDetailAnswer, EventAnswerView, GateAnswer, RunAnswer } from './deals.dto.ts';

export function detailAnswer(detail: DealDetail): DealDetailAnswer {
  const { row, pipeline, present, refs, gates, runs } = detail;
  return {
    ...dealAnswer(row, pipeline, present),
    external_refs: refs.map(({ system, id }) => ({ system, id })),
    gate_details: gates.map(gateAnswer),
    sla_runs: runs.map(runAnswer),
  };
}

export function gateAnswer({ decidedBy, ...gate }: GateView): GateAnswer {
  return {
    ...gate,
    decided_by:
      decidedBy === null
        ? null
        : {
            source: decidedBy.source,
            event_id: decidedBy.event_id,
            occurred_at: formatInstant(decidedBy.occurred_at),
          },
  };
}

export function runAnswer({ row, title, status }: RunView): RunAnswer {
  return {
    timer: row.timer,
    title,
    status,
    opened_at: formatInstant(row.opened_at),
    opened_by: { source: row.opened_source, event_id: row.opened_event_id },
    due_at: formatInstant(row.due_at),
    closed_at: optional(row.closed_at),
    acknowledged_at: optional(row.acknowledged_at),
    acknowledged_by: row.acknowledged_by,
  };
}

export function eventAnswer(row: EventRow): EventAnswerView {
  return {
    ...row,
    occurred_at: formatInstant(row.occurred_at),
    received_at: formatInstant(row.received_at),
  };
}
