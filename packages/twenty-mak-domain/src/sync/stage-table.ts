import { accept, refuse } from '../basics/index.ts';
import type { Decision } from '../basics/index.ts';

/** How the stages of a pipeline and the statuses of a remote system correspond. */
export interface StageTable {
  /** Status that shows a stage; several stages may share one. */
  readonly statusOf: Readonly<Record<string, string>>;
  /** Type of the event that a move into a status records. */
  readonly eventOf: Readonly<Record<string, string>>;
}

/** Refuses `unknown_stage` and `unknown_status`, with the entry at fault. */
export function checkStageTable(
  table: StageTable,
  stages: readonly string[],
  statuses: readonly string[],
): Decision<StageTable> {
  for (const [stage, status] of Object.entries(table.statusOf)) {
    if (!stages.includes(stage))
      return refuse('unknown_stage', `The pipeline has no stage ${stage}.`, `status_of.${stage}`);
    if (!statuses.includes(status))
      return refuse(
        'unknown_status',
        `The other system has no status ${status}; read its statuses again or choose another one.`,
        `status_of.${stage}`,
      );
  }
  for (const status of Object.keys(table.eventOf))
    if (!statuses.includes(status))
      return refuse(
        'unknown_status',
        `The other system has no status ${status}; read its statuses again or choose another one.`,
        `event_of.${status}`,
      );
  return accept(table);
}

/** What a status that somebody set in the remote system means. */
export type RemoteMove =
  /** It shows the stage that the deal has. */
  | { readonly kind: 'none' }
  /** The move records a fact; the stage that follows is computed from it. */
  | { readonly kind: 'fact'; readonly eventType: string }
  /** The move means nothing here: it becomes that system's own stage, and the status is put right. */
  | { readonly kind: 'domain_stage'; readonly status: string };

/** `status` is what the remote record shows, `agreed` what it showed when both sides were last brought together. */
export function readMove(
  table: StageTable,
  stage: string,
  status: string,
  agreed: string | null,
): RemoteMove {
  if (status === table.statusOf[stage] || status === agreed) return { kind: 'none' };
  const eventType = table.eventOf[status];
  return eventType === undefined ? { kind: 'domain_stage', status } : { kind: 'fact', eventType };
}

/** The status that a remote record has to get; null when it shows the stage already, or nothing shows it. */
export function statusToWrite(table: StageTable, stage: string, status: string): string | null {
  const wanted = table.statusOf[stage];
  return wanted === undefined || wanted === status ? null : wanted;
}
