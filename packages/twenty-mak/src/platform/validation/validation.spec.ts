import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { RefusalError } from '../errors/index.ts';
import {
  instantField,
  openApiSchema,
  pageOf,
  parse,
  readCursor,
  timeZoneField,
  writeCursor,
} from './index.ts';

function refusalOf(work: () => unknown): RefusalError {
  try {
    work();
  } catch (error) {
    if (error instanceof RefusalError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('parse', () => {
  const schema = z.strictObject({ events: z.array(z.strictObject({ at: instantField })) });

  it('gives the value that the schema makes', () => {
    expect(parse(schema, { events: [{ at: '2026-03-01T09:30:00+02:00' }] })).toEqual({
      events: [{ at: Date.UTC(2026, 2, 1, 7, 30) }],
    });
  });

  it('names the field at fault', () => {
    const refusal = refusalOf(() => parse(schema, { events: [{ at: '2026-02-30T09:30:00Z' }] }));
    expect(refusal.status).toBe(422);
    expect(refusal.refusal).toMatchObject({ code: 'invalid_request', field: 'events.0.at' });
    expect(refusal.refusal.reason).toContain('RFC 3339');
  });

  it('names an unknown key', () => {
    const refusal = refusalOf(() => parse(schema, { events: [], colour: 1 }));
    expect(refusal.refusal.field).toBe('colour');
  });

  it('lists at most twenty problems', () => {
    const refusal = refusalOf(() => parse(schema, { events: Array(500).fill({}) }));
    expect(refusal.detail.errors).toHaveLength(20);
  });

  it('knows time zones', () => {
    expect(timeZoneField.safeParse('Europe/Kyiv').success).toBe(true);
    expect(timeZoneField.safeParse('Europe/Atlantis').success).toBe(false);
    expect(timeZoneField.safeParse('+02:00').success).toBe(false);
  });
});

describe('cursors', () => {
  const keys = z.tuple([z.number(), z.string()]);

  it('come back as they were written', () => {
    expect(readCursor(keys, writeCursor([5, 'a']))).toEqual([5, 'a']);
  });

  it.each(['', 'x', writeCursor(['a', 5]), 'bnVsbA'])('refuse %j', (cursor) => {
    expect(refusalOf(() => readCursor(keys, cursor)).refusal.code).toBe('invalid_cursor');
  });

  it('exist only when there is a next page', () => {
    expect(pageOf([1, 2], 2, (row) => [row])).toEqual({ items: [1, 2], next: null });
    expect(pageOf([1, 2, 3], 2, (row) => [row])).toEqual({ items: [1, 2], next: writeCursor([2]) });
  });
});

describe('openApiSchema', () => {
  it('describes what travels', () => {
    expect(openApiSchema(z.strictObject({ at: instantField }))).toMatchObject({
      type: 'object',
      properties: { at: { type: 'string', format: 'date-time' } },
      required: ['at'],
    });
  });
});
