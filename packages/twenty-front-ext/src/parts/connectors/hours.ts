import type { ConnectorLineFragment } from '../../generated/graphql.ts';

const HOUR = 3_600_000;
const HOURS = 24;

export interface Hour {
  /** Milliseconds since 1970, the beginning of the hour. */
  readonly at: number;
  readonly written: number;
  readonly refused: number;
}

/**
 * The last 24 hours one by one, up to when the connector last did something: by the time of the server, as the tenant's clock may
 * stand still.
 */
export function lastHours({
  hours,
  lastSyncedAt,
  polledAt,
}: Pick<ConnectorLineFragment['health'], 'hours' | 'lastSyncedAt' | 'polledAt'>): readonly Hour[] {
  const done = new Map(hours.map((hour) => [Date.parse(hour.at), hour]));
  const known = [lastSyncedAt, polledAt].flatMap((at) => (at === null ? [] : Date.parse(at)));
  const latest = Math.max(...done.keys(), ...known);
  if (!Number.isFinite(latest)) return [];
  const last = Math.floor(latest / HOUR) * HOUR;
  return Array.from({ length: HOURS }, (_, index) => {
    const at = last - (HOURS - 1 - index) * HOUR;
    const { written = 0, refused = 0 } = done.get(at) ?? {};
    return { at, written, refused };
  });
}
