import type { Fingerprint, Sent, Values } from 'twenty-mak-domain';

/*
 * What an attempt that never ended may have written there: of each field what was sent, and where a write takes several calls
 * also what it has in between, under the name of the field and a number.
 */

const NUMBERED = /^(.+)\/\d+$/;

/** What is kept before values are sent. */
export function sentOf(values: Values, between: readonly Values[], fingerprint: Fingerprint): Sent {
  const sent: Record<string, string> = {};
  for (const [field, value] of Object.entries(values)) sent[field] = fingerprint(value);
  for (const [index, step] of between.entries())
    for (const [field, value] of Object.entries(step))
      if (field in values) sent[`${field}/${index + 1}`] = fingerprint(value);
  return sent;
}

/** The same for a record as it is now: what stands there between two calls is what was sent. */
export function sentUpTo(sent: Sent, there: Values, fingerprint: Fingerprint): Sent {
  const fields = new Map<string, string>();
  for (const [name, print] of Object.entries(sent)) {
    const field = NUMBERED.exec(name)?.[1];
    if (field === undefined) fields.set(name, fields.get(name) ?? print);
    else if (print === fingerprint(there[field] ?? null)) fields.set(field, print);
  }
  return Object.fromEntries(fields);
}
