import { firstInstantAt, formatInstant, zoneOf } from 'twenty-mak-domain';

/** RFC 3339 time at which a day such as `2026-03-01` begins in a time zone; `later` counts whole days. */
export function dayBegins(day: string, timeZone: string, later = 0): string {
  const local = Date.parse(`${day}T00:00:00Z`) + later * 86_400_000;
  return formatInstant(firstInstantAt(zoneOf(timeZone), local));
}
