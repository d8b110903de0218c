import type { ConnectorView } from './connectors.dto.ts';
import type { ConnectorBudgetModel, ConnectorModel } from './connectors.model.ts';

/** The connector as GraphQL shows it. */
export function connectorModel(view: ConnectorView): ConnectorModel {
  const { has_secrets, highest_budget, poll_seconds, resync, health, budget, ...others } = view;
  const { stage_tables, chosen, dry_run, pace, has_statuses, has_messages, heard_at, ...named } =
    others;
  const { reason_code, ...rest } = named;
  return {
    ...rest,
    reasonCode: reason_code,
    stageTables: stage_tables.map(({ pipeline, status_of, event_of }) => ({
      pipeline,
      statusOf: status_of,
      eventOf: event_of,
    })),
    chosen: Object.entries(chosen).map(([entity, { ids, pipelines, created_there }]) => ({
      entity,
      ids: ids ?? null,
      pipelines: pipelines ?? null,
      createdThere: created_there,
    })),
    dryRun: dry_run,
    hasStatuses: has_statuses,
    hasMessages: has_messages,
    heardAt: heard_at,
    pace:
      pace === null ? null : { level: pace.level, burst: pace.burst, perSecond: pace.per_second },
    hasSecrets: has_secrets,
    budget: budgetModel(budget),
    highestBudget: budgetModel(highest_budget),
    pollSeconds: poll_seconds,
    resync:
      resync === null
        ? null
        : {
            startedAt: resync.started_at,
            listed: resync.listed,
            marked: resync.marked,
            found: resync.found,
            foundAll: resync.found_all,
            left: resync.left,
          },
    health: {
      pending: health.pending,
      pendingPeople: health.pending_people,
      deadLetters: health.dead_letters,
      divergent: health.divergent,
      conflicts: health.conflicts,
      linked: health.linked,
      lagSeconds: health.lag_seconds,
      writtenDay: health.written_day,
      refusedDay: health.refused_day,
      successRate: health.success_rate,
      lastSyncedAt: health.last_synced_at,
      polledAt: health.polled_at,
      hours: health.hours,
    },
  };
}

function budgetModel({ burst, per_second }: ConnectorView['budget']): ConnectorBudgetModel {
  return { burst, perSecond: per_second };
}
