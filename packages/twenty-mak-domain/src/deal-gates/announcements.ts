import { formatInstant } from '../basics/index.ts';
import type { Instant } from '../basics/index.ts';
import type { CompiledPipeline } from '../pipelines/index.ts';
import type { BreachDecision } from './breaches.ts';
import type { EventKey, Json } from './event.ts';
import type { DealState, Outcome, Transition } from './state.ts';

export const CANONICAL_TYPES = [
  'masterdeal.created',
  'masterdeal.stage.changed',
  'masterdeal.owner.changed',
  'masterdeal.offer.approved',
  'masterdeal.billing.ready',
  'masterdeal.closed.won',
  'masterdeal.closed.lost',
  'masterdeal.closed',
  'masterdeal.sla.updated',
  'masterdeal.sla.breached',
  'masterdeal.sla.retracted',
  'masterdeal.merged',
] as const;

export type CanonicalType = (typeof CANONICAL_TYPES)[number];

/** A canonical event before it has an id, a tenant and a version: ids only, never contact data. */
export interface Announcement {
  readonly type: CanonicalType;
  readonly occurredAt: Instant;
  readonly causationId: string | null;
  readonly data: { readonly [key: string]: Json };
}

/** What the world was last told about a deal. */
export interface Published {
  readonly stage: string;
  readonly ownerId: string | null;
  readonly outcome: Outcome | null;
  readonly dueAt: Instant | null;
  readonly offerApproved: boolean;
  readonly billingReady: boolean;
}

export type ChangeReason = 'facts' | 'ended' | 'reopened' | 'late_event' | 'migration' | 'merge';

export interface DealChange {
  readonly pipeline: CompiledPipeline;
  /** Null when the deal is new to the world. */
  readonly before: Published | null;
  readonly state: DealState;
  /** The last transition of the deal, if it has any. */
  readonly lastTransition: Pick<Transition, 'by' | 'reason'> | null;
  /** Why the deal was looked at, when it was not for an event in its turn. */
  readonly cause: 'in_order' | 'late_event' | 'migration' | 'merge';
  readonly latestEvent: EventKey | null;
  readonly breaches: BreachDecision;
}

/** Due time of the nearest open run, or null. */
export function nearestDue(state: DealState): Instant | null {
  return state.openRuns.reduce<Instant | null>(
    (nearest, { dueAt }) => (nearest === null || dueAt < nearest ? dueAt : nearest),
    null,
  );
}

/** What to tell the world about a change of a deal, in the order of telling, and what it knows afterwards. */
export function decideAnnouncements(change: DealChange): {
  readonly announcements: readonly Announcement[];
  readonly published: Published;
} {
  const { before, state } = change;
  const at = change.latestEvent?.occurredAt ?? state.stageStartedAt ?? state.createdAt ?? 0;
  const causationId = change.latestEvent?.eventId ?? null;
  const announcements: Announcement[] = [];
  const announce = (type: CanonicalType, data: Announcement['data'], occurredAt = at): void => {
    announcements.push({ type, occurredAt, causationId, data });
  };
  const published: Published = {
    stage: state.stage,
    ownerId: state.fields.ownerId,
    outcome: state.outcome,
    dueAt: nearestDue(state),
    offerApproved: announcing(change, 'offer.approved'),
    billingReady: before?.billingReady === true || announcing(change, 'billing.ready'),
  };

  if (before === null) {
    announce(
      'masterdeal.created',
      {
        pipeline: change.pipeline.definition.key,
        stage: firstStage(change.pipeline),
        owner_id: published.ownerId,
      },
      state.createdAt ?? at,
    );
  }
  const stageBefore = before?.stage ?? firstStage(change.pipeline);
  if (stageBefore !== published.stage) {
    announce(
      'masterdeal.stage.changed',
      { from: stageBefore, to: published.stage, reason: reasonOf(change), gates: openGates(state) },
      change.lastTransition?.by.occurredAt ?? at,
    );
  }
  if ((before?.ownerId ?? null) !== published.ownerId) {
    announce('masterdeal.owner.changed', { from: before?.ownerId ?? null, to: published.ownerId });
  }
  if (published.offerApproved && before?.offerApproved !== true)
    announce('masterdeal.offer.approved', {});
  if (published.billingReady && before?.billingReady !== true)
    announce('masterdeal.billing.ready', {});
  if (published.outcome !== null && published.outcome !== (before?.outcome ?? null)) {
    const data = { outcome: published.outcome, stage: published.stage };
    announce(`masterdeal.closed.${published.outcome}`, data, state.closedAt ?? at);
    announce('masterdeal.closed', data, state.closedAt ?? at);
  }
  if ((before?.dueAt ?? null) !== published.dueAt) {
    announce('masterdeal.sla.updated', {
      due_at: published.dueAt === null ? null : formatInstant(published.dueAt),
      timers: state.openRuns.map(({ timer, dueAt }) => ({ timer, due_at: formatInstant(dueAt) })),
    });
  }
  for (const run of change.breaches.breached) {
    announce(
      'masterdeal.sla.breached',
      { timer: run.timer, opened_by: run.openedBy.eventId, due_at: formatInstant(run.dueAt) },
      run.dueAt,
    );
  }
  for (const run of change.breaches.retracted) {
    announce('masterdeal.sla.retracted', {
      timer: run.timer,
      opened_by: run.openedBy.eventId,
      due_at: formatInstant(run.dueAt),
    });
  }
  return { announcements, published };
}

function reasonOf({ cause, lastTransition }: DealChange): ChangeReason {
  return cause === 'in_order' ? (lastTransition?.reason ?? 'facts') : cause;
}

function announcing(
  { pipeline, state }: DealChange,
  what: 'offer.approved' | 'billing.ready',
): boolean {
  return pipeline.definition.gates.some(
    ({ key, announces }) => announces === what && state.gates[key] === true,
  );
}

function openGates(state: DealState): string[] {
  return Object.keys(state.gates).filter((gate) => state.gates[gate] === true);
}

function firstStage(pipeline: CompiledPipeline): string {
  return pipeline.definition.stages[0]?.key ?? '';
}
