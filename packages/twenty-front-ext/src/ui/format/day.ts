import { firstInstantAt, formatInstant, zoneOf } from 'twenty-mak-domain';

/** RFC 3339 time at which a day such as `2026-03-01` begins in a time zone; `later` counts whole days. */
export function dayBegins(day: string, timeZone: string, later = 0): string {
  const local = Date.parse(`${day}T00:00:00Z`) + later * 86_400_000;
  return formatInstant(firstInstantAt(zoneOf(timeZone), local));
}

/** The day of an instant in a time zone. */
export function dayAt(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(at);
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}`;
}
