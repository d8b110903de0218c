/** `2026-03-01 09:15:00`: instants of REST, in UTC without saying so. */
export function restStamp(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

/** `2026-01-29T18:53:35.000000Z`: instants of messages, and a few of REST. */
export function isoStamp(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}.000000Z`;
}

/** Milliseconds of an instant or a day in either form; undefined for anything else. */
export function instantOf(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d:\d\d(?:\.\d{1,9})?Z?)?$/.test(text)) return undefined;
  const at = Date.parse(text.length === 10 ? text : `${text.replace(' ', 'T').replace(/Z$/, '')}Z`);
  return Number.isNaN(at) ? undefined : at;
}

/** A row with its instants, kept in milliseconds, as texts. */
export function stamped(
  row: Readonly<Record<string, unknown>>,
  stamp: (at: number) => string,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'number' && /(_at|payment_date)$/.test(name) ? stamp(value) : value,
    ]),
  );
}
