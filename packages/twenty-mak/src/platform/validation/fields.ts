import { parseInstant } from 'twenty-mak-domain';
import { z } from 'zod';

/** RFC 3339 time with an offset, read to milliseconds. */
export const instantField = z
  .string()
  .meta({ format: 'date-time' })
  .transform((text, context) => {
    const instant = parseInstant(text);
    if (instant !== null) return instant;
    context.addIssue('must be an RFC 3339 time, e.g. 2026-03-01T09:30:00Z');
    return z.NEVER;
  });

/** A lower-case UUID, as this API writes them. */
export const uuidField = z.uuid().transform((text) => text.toLowerCase());

/** Short human text on one line: trimmed, not empty, without control characters. */
export const textField = (maxLength: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(maxLength)
    .regex(/^\P{Cc}*$/u, 'must not contain control characters');

/** Lower-case name for addresses and settings, e.g. `acme-eu`. */
export const keyField = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, 'must be 1 to 63 of a-z, 0-9 and -, and begin with a letter');

/** ISO 4217 code. */
export const currencyField = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code, e.g. EUR');

/** Name of the IANA time zone data base that this machine knows. */
export const timeZoneField = z.string().max(64).refine(isTimeZone, {
  error: 'must be an IANA time zone, e.g. Europe/Kyiv',
});

export const localeField = z.enum(['en', 'ru', 'uk']);

/** Scheme, host and port of another server, as a browser writes the origin of its pages. */
export const originField = z.string().max(253).refine(isWebOrigin, {
  error: 'must be the origin of a page without path and slash, e.g. https://crm.example.com',
});

function isWebOrigin(text: string): boolean {
  // It goes into a header of ours, so it holds nothing but the letters of a host.
  const isPlain = /^https?:\/\/([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d+)?$/.test(text);
  return isPlain && URL.canParse(text) && new URL(text).origin === text;
}

/** `limit` of a list, as it arrives in a query string. */
export const limitField = z.coerce.number().int().min(1).max(200).default(50);

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}

/** An instant in a cursor, in milliseconds: what PostgreSQL and JavaScript both know. */
export const instantKey = z.int().min(-62_135_596_800_000).max(8_640_000_000_000_000);

/** A text in a cursor, as PostgreSQL can compare it. */
export const textKey = z
  .string()
  .max(1_000)
  .refine((text) => !text.includes('\0') && text.isWellFormed());

/** Text that PostgreSQL can keep and compare. */
export const plainText = (maxLength: number) =>
  z
    .string()
    .min(1)
    .max(maxLength)
    .refine((text) => !text.includes('\0') && text.isWellFormed(), {
      error: 'must not contain NUL characters or halves of surrogate pairs',
    });

/** The version that an edit was made on. */
export const expectedVersion = (what: string) =>
  z.int().min(1).max(2_147_483_647).describe(`Version of the ${what} that the change was made on.`);
