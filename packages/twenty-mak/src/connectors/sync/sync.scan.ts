import type { SyncPlace } from './sync.doorbell.ts';

export interface FoundConnector extends SyncPlace {
  readonly due: boolean;
}

export interface FoundWaiting {
  readonly connector: string;
  readonly pending: number;
  readonly dead: number;
  readonly lag: number;
  readonly divergent: number;
  readonly running: number;
  readonly paused: number;
  readonly stopped: number;
}

/** Running connectors, and whether there is anything to do for them: one look at an index for each. Of a kind that is absent there is not. */
export const FIND_CONNECTORS = `
SELECT c.tenant_id AS "tenantId", c.connector, c.poll_at <= now() OR coalesce(c.resync ->> 'listed' = 'false', false)
  OR ${isDue('p.urgency > 0')} AS due
FROM sync_connector c WHERE c.state = 'running' AND c.connector = ANY ($1::text[])`;

/** Running connectors that people wait for. */
export const FIND_PEOPLE = `
SELECT c.tenant_id AS "tenantId", c.connector
FROM sync_connector c WHERE c.state = 'running' AND c.connector = ANY ($1::text[]) AND ${isDue('p.urgency = 0')}`;

/** Figures of each connector over all tenants. What waits for a kind that is absent counts as waiting, and not as late. */
export const FIND_WAITING = `
SELECT known.name AS connector,
  (SELECT count(*) FROM sync_pending WHERE connector = known.name AND dead_at IS NULL) AS pending,
  (SELECT count(*) FROM sync_pending WHERE connector = known.name AND dead_at IS NOT NULL) AS dead,
  (SELECT coalesce(extract(epoch FROM now() - min(p.since)), 0)::float8 FROM sync_pending p
   WHERE p.connector = known.name AND p.dead_at IS NULL AND p.due_at < 'infinity' AND NOT EXISTS (
     SELECT FROM sync_connector c WHERE c.tenant_id = p.tenant_id AND c.connector = p.connector AND c.absent ? p.entity)) AS lag,
  (SELECT count(*) FROM sync_link WHERE connector = known.name AND status = 'error') AS divergent,
  states.*
FROM unnest($1::text[]) AS known (name) CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE state = 'running') AS running, count(*) FILTER (WHERE state = 'paused') AS paused,
    count(*) FILTER (WHERE state = 'stopped') AS stopped
  FROM sync_connector WHERE connector = known.name) AS states`;

function isDue(urgency: string): string {
  return `EXISTS (SELECT FROM sync_pending p WHERE p.tenant_id = c.tenant_id AND p.connector = c.connector
    AND ${urgency} AND p.dead_at IS NULL AND p.due_at <= now() AND NOT c.absent ? p.entity)`;
}
