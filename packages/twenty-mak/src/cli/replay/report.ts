import { formatInstant } from 'twenty-mak-domain';
import type { Instant } from 'twenty-mak-domain';
import type { Place } from './place.ts';
import type { Sender } from './sender.ts';
import { bodyOf } from './tenant.ts';
import type { ReplayTenant } from './tenant.ts';

/** What a replay prints last. */
export interface ReplayReport {
  readonly deals: number;
  readonly events_read: number;
  /** Events that the pipeline's mapping knows. */
  readonly events_applied: number;
  /** Changes of stage, the one out of the initial stage among them. */
  readonly transitions: number;
  /** Stage → deals that are in it now. */
  readonly stages: Record<string, number>;
  /** Timer → its runs by what became of them. */
  readonly sla: Record<string, Record<string, number>>;
  /** Time of the last event of the log. */
  readonly as_of: string | null;
  readonly seconds: number;
}

/** The members of the server's summary that a replay shows. */
export interface Summary {
  readonly deals: number;
  readonly known_events: number;
  readonly transitions: number;
  readonly stages: Record<string, number>;
  readonly sla: Record<string, Record<string, number>>;
}

/** Stops the tenant's clock at the last event, lets the breaches until then be published, and asks for the counts. */
export async function finish(
  sender: Sender,
  { operatorKey }: Place,
  tenant: ReplayTenant,
  pipeline: string,
  latest: Instant | null,
): Promise<Summary> {
  if (latest !== null) {
    const clock = await sender.send({
      method: 'POST',
      path: `/v1/tenants/${tenant.id}/clock`,
      key: operatorKey,
      body: JSON.stringify({ frozen_at: formatInstant(latest) }),
    });
    bodyOf(clock, "The tenant's clock cannot be set");
    const sweep = await sender.send({
      method: 'POST',
      path: `/v1/tenants/${tenant.id}/sweep`,
      key: operatorKey,
      body: '{}',
    });
    bodyOf(sweep, 'The SLA sweep cannot be run');
  }
  return bodyOf<Summary>(
    await sender.send({
      method: 'GET',
      path: `/v1/events/summary?pipeline=${encodeURIComponent(pipeline)}`,
      key: tenant.apiKey,
    }),
    'The counts cannot be read',
  );
}
