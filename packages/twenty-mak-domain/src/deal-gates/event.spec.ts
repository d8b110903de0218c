import { describe, expect, it } from 'vitest';
import { DAY, formatInstant, MINUTE } from '../basics/index.ts';
import {
  CLOCK_TOLERANCE,
  compareEvents,
  distinct,
  EARLIEST,
  MAX_DEPTH,
  MAX_REFS,
  parseEvent,
} from './event.ts';
import type { Json } from './event.ts';

const NOW = Date.UTC(2026, 2, 2, 9);
const DEAL = '01957a3e-8f00-7000-8000-0000000000aa';

const good = {
  event_id: 'evt-1',
  type: 'crm.deal.created',
  version: 2,
  source: 'crm',
  occurred_at: '2026-03-02T10:00:00.250+02:00',
  external_refs: [{ system: 'amocrm', id: '4711' }],
  correlation_id: 'import 7',
  data: { name: 'Радіо', amount: 5 },
};

function parse(change: Record<string, unknown>) {
  return parseEvent({ ...good, ...change }, NOW);
}

function refused(change: Record<string, unknown>) {
  const result = parse(change);
  return result.ok ? 'accepted' : [result.refusal.code, result.refusal.field];
}

describe('an event in order', () => {
  it('is read in full', () => {
    expect(parseEvent(good, NOW)).toEqual({
      ok: true,
      value: {
        eventId: 'evt-1',
        type: 'crm.deal.created',
        version: 2,
        source: 'crm',
        occurredAt: Date.UTC(2026, 2, 2, 8, 0, 0, 250),
        masterDealId: null,
        externalRefs: [{ system: 'amocrm', id: '4711' }],
        correlationId: 'import 7',
        data: { name: 'Радіо', amount: 5 },
      },
    });
  });

  it('may leave out version, correlation and data', () => {
    const { event_id, type, source, occurred_at, external_refs } = good;
    const result = parseEvent({ event_id, type, source, occurred_at, external_refs }, NOW);
    expect(result).toMatchObject({
      ok: true,
      value: { version: 1, correlationId: null, data: {} },
    });
  });

  it('may name the deal by its id, by references or by both', () => {
    expect(parse({ master_deal_id: DEAL.toUpperCase() })).toMatchObject({
      value: { masterDealId: DEAL, externalRefs: [{ system: 'amocrm', id: '4711' }] },
    });
    expect(parse({ master_deal_id: DEAL, external_refs: null })).toMatchObject({
      value: { masterDealId: DEAL, externalRefs: [] },
    });
    expect(parse({ master_deal_id: DEAL, external_refs: undefined }).ok).toBe(true);
    expect(parse({ master_deal_id: null, correlation_id: null })).toMatchObject({
      value: { masterDealId: null, correlationId: null },
    });
  });

  it('keeps each reference once', () => {
    const external_refs = [
      { system: 'crm', id: '1', more: true },
      { system: 'crm', id: '2' },
      { system: 'crm', id: '1' },
      { system: 'dwh', id: '1' },
    ];
    expect(parse({ external_refs })).toMatchObject({
      value: {
        externalRefs: [
          { system: 'crm', id: '1' },
          { system: 'crm', id: '2' },
          { system: 'dwh', id: '1' },
        ],
      },
    });
  });

  it.each([1, 200])('takes names of %i characters', (length) => {
    expect(parse({ event_id: 'e'.repeat(length) }).ok).toBe(true);
    expect(parse({ source: '~'.repeat(length) }).ok).toBe(true);
    expect(parse({ type: 'é'.repeat(length) }).ok).toBe(true);
    expect(parse({ correlation_id: ' '.repeat(length) }).ok).toBe(true);
    expect(
      parse({ external_refs: [{ system: 's'.repeat(length), id: '🙂'.repeat(length) }] }).ok,
    ).toBe(true);
  });

  it('may happen from 1990 to ten minutes after reception', () => {
    expect(parse({ occurred_at: formatInstant(EARLIEST) }).ok).toBe(true);
    expect(parse({ occurred_at: formatInstant(NOW + 10 * MINUTE) }).ok).toBe(true);
    expect([EARLIEST, CLOCK_TOLERANCE]).toEqual([Date.UTC(1990, 0, 1), 600_000]);
  });
});

describe('a wrong envelope', () => {
  it.each([null, undefined, 'text', 7, true, [good]])('is no object: %j', (raw) => {
    expect(parseEvent(raw, NOW)).toEqual({
      ok: false,
      refusal: { code: 'invalid_event', reason: 'An event is a JSON object.' },
    });
  });

  it.each(['event_id', 'source'])('%s is 1 to 200 printable ASCII characters', (field) => {
    for (const value of [
      undefined,
      null,
      7,
      '',
      'x'.repeat(201),
      'é',
      'a\nb',
      'a\n',
      '\ta',
      'a\u007f',
      '\u001f',
      {},
    ]) {
      expect(refused({ [field]: value }), String(value)).toEqual(['invalid_event', field]);
    }
  });

  it('type is plain text', () => {
    for (const value of [
      undefined,
      null,
      7,
      '',
      'x'.repeat(201),
      'a\nb',
      '\u0000a',
      'a\u0085',
      'a\ud800',
    ]) {
      expect(refused({ type: value }), String(value)).toEqual(['invalid_event', 'type']);
    }
  });

  it('version is a small integer', () => {
    for (const version of [1, 32_767]) expect(parse({ version }).ok).toBe(true);
    for (const version of [0, -1, 1.5, 32_768, '1', null, NaN]) {
      expect(refused({ version })).toEqual(['invalid_event', 'version']);
    }
  });

  it('occurred_at is a time with offset', () => {
    for (const value of [
      undefined,
      null,
      NOW,
      '',
      '2026-03-02',
      '2026-03-02T09:00:00',
      '2026-02-30T09:00:00Z',
    ]) {
      expect(refused({ occurred_at: value })).toEqual(['invalid_event', 'occurred_at']);
    }
  });

  it('occurred_at lies neither before 1990 nor in the future', () => {
    expect(refused({ occurred_at: formatInstant(EARLIEST - 1) })).toEqual([
      'too_old',
      'occurred_at',
    ]);
    expect(refused({ occurred_at: '0095-01-01T00:00:00Z' })).toEqual(['too_old', 'occurred_at']);
    expect(refused({ occurred_at: '1990-01-01T00:00:00+00:01' })).toEqual([
      'too_old',
      'occurred_at',
    ]);
    expect(refused({ occurred_at: formatInstant(NOW + 10 * MINUTE + 1) })).toEqual([
      'in_future',
      'occurred_at',
    ]);
    expect(refused({ occurred_at: formatInstant(NOW + 365 * DAY) })).toEqual([
      'in_future',
      'occurred_at',
    ]);
  });

  it('data is an object', () => {
    for (const data of [null, [], 'x', 1])
      expect(refused({ data })).toEqual(['invalid_event', 'data']);
  });

  it('data can be kept: no NUL, no half character, no endless nesting', () => {
    for (const data of [
      { a: 'x\u0000' },
      { 'k\u0000': 1 },
      { a: ['x', '\udc00', 'y'] },
      { a: { b: '\ud83d' } },
      { a: NaN },
    ]) {
      expect(refused({ data }), JSON.stringify(data)).toEqual(['invalid_event', 'data']);
    }
    const fine = { a: '🙂\n', b: [1, null, true, { c: undefined }], '': 0 };
    expect(parse({ data: fine }).ok).toBe(true);
    const nested = (levels: number): Json =>
      levels === 1 ? {} : levels % 2 === 0 ? { a: nested(levels - 1) } : [nested(levels - 1)];
    expect(parse({ data: nested(MAX_DEPTH) }).ok).toBe(true);
    expect(refused({ data: nested(MAX_DEPTH + 2) })).toEqual(['invalid_event', 'data']);
    expect(refused({ data: { a: nested(MAX_DEPTH) } })).toEqual(['invalid_event', 'data']);
  });

  it('a domain stage names system and stage', () => {
    const type = 'domain.stage.changed';
    expect(parse({ type, data: { system: 'docflow', stage: 'signed' } }).ok).toBe(true);
    for (const system of [undefined, null, 5, '', 'a\n']) {
      expect(refused({ type, data: { system, stage: 'signed' } })).toEqual([
        'invalid_event',
        'data.system',
      ]);
    }
    for (const stage of [undefined, null, 5, '', 'x'.repeat(201)]) {
      expect(refused({ type, data: { system: 'docflow', stage } })).toEqual([
        'invalid_event',
        'data.stage',
      ]);
    }
    expect(parse({ type: 'domain.stage', data: {} }).ok).toBe(true);
  });

  it('a change of a note names it, and an edit says what it says now', () => {
    const note = { source: 'mak', event_id: 'n1' };
    expect(parse({ type: 'deal.note.edited', data: { note, text: 'x' } }).ok).toBe(true);
    expect(parse({ type: 'deal.note.removed', data: { note } }).ok).toBe(true);
    expect(parse({ type: 'deal.note.added', data: {} }).ok).toBe(true);
    for (const text of [undefined, null, 5, ''])
      expect(refused({ type: 'deal.note.edited', data: { note, text } })).toEqual([
        'invalid_event',
        'data.text',
      ]);
    for (const wrong of [
      undefined,
      null,
      'n1',
      [],
      { source: 'mak' },
      { event_id: 'n1' },
      { source: 'é', event_id: 'n1' },
      { source: 'mak', event_id: '' },
    ])
      for (const type of ['deal.note.edited', 'deal.note.removed'])
        expect(refused({ type, data: { note: wrong, text: 'x' } })).toEqual([
          'invalid_event',
          'data.note',
        ]);
  });

  it('correlation_id is printable ASCII', () => {
    for (const value of [7, '', 'é', 'x'.repeat(201)]) {
      expect(refused({ correlation_id: value })).toEqual(['invalid_event', 'correlation_id']);
    }
  });

  it('master_deal_id is a UUID', () => {
    for (const value of [
      7,
      '',
      'abc',
      `${DEAL}0`,
      `0${DEAL}`,
      DEAL.replaceAll('-', ''),
      DEAL.replace('a', 'g'),
    ]) {
      expect(refused({ master_deal_id: value })).toEqual(['invalid_event', 'master_deal_id']);
    }
  });

  it('external_refs is a short list of {system, id}', () => {
    expect(refused({ external_refs: {} })).toEqual(['invalid_event', 'external_refs']);
    expect(refused({ external_refs: 'crm:1' })).toEqual(['invalid_event', 'external_refs']);
    const many = Array.from({ length: MAX_REFS }, (_, id) => ({ system: 'crm', id: String(id) }));
    expect(parse({ external_refs: many }).ok).toBe(true);
    expect(refused({ external_refs: [...many, many[0]] })).toEqual([
      'invalid_event',
      'external_refs',
    ]);
    const ref = { system: 'crm', id: '1' };
    for (const wrong of [
      null,
      'crm',
      [],
      { ...ref, id: 1 },
      { ...ref, id: '' },
      { ...ref, id: 'a\u0000' },
      { ...ref, system: 'é' },
      { id: '1' },
    ]) {
      expect(refused({ external_refs: [ref, wrong] })).toEqual([
        'invalid_event',
        'external_refs.1',
      ]);
    }
  });

  it('says which deal is meant', () => {
    for (const external_refs of [undefined, null, []]) {
      expect(refused({ external_refs })).toEqual(['reference_missing', 'external_refs']);
    }
  });

  it('gives reasons that name the field and what to do', () => {
    const reason = (change: Record<string, unknown>) => {
      const result = parse(change);
      return result.ok ? '' : result.refusal.reason;
    };
    expect(reason({ source: '' })).toBe('`source` has 1 to 200 printable ASCII characters.');
    expect(reason({ event_id: '' })).toBe('`event_id` has 1 to 200 printable ASCII characters.');
    expect(reason({ type: '' })).toBe('`type` has 1 to 200 characters without control characters.');
    expect(reason({ version: 0 })).toBe('`version` is an integer from 1 to 32767.');
    expect(reason({ occurred_at: '' })).toBe(
      '`occurred_at` is a time with offset, such as 2026-03-01T09:30:00.000Z.',
    );
    expect(reason({ occurred_at: '1980-01-01T00:00:00Z' })).toMatch(/before 1990; check the clock/);
    expect(reason({ occurred_at: '2027-01-01T00:00:00Z' })).toMatch(
      /ten minutes in the future; check the clock/,
    );
    expect(reason({ data: 1 })).toBe('`data` is a JSON object.');
    expect(reason({ data: { a: '\0' } })).toMatch(/^`data` is JSON of at most 32 levels, .*NUL/);
    expect(reason({ correlation_id: '' })).toBe(
      '`correlation_id` has 1 to 200 printable ASCII characters.',
    );
    expect(reason({ master_deal_id: '' })).toBe('`master_deal_id` is a UUID.');
    expect(reason({ external_refs: 1 })).toBe('`external_refs` is a list of {system, id}.');
    expect(reason({ external_refs: Array(21).fill({}) })).toBe(
      '`external_refs` has at most 20 entries.',
    );
    expect(reason({ external_refs: [1] })).toMatch(/^`external_refs.0` is {system, id}/);
    expect(reason({ external_refs: [] })).toMatch(
      /`master_deal_id` or at least one of `external_refs`/,
    );
    expect(reason({ type: 'domain.stage.changed', data: {} })).toBe(
      '`data.system` has 1 to 200 characters without control characters.',
    );
    const note = { source: 'mak', event_id: 'n1' };
    expect(reason({ type: 'deal.note.edited', data: { note } })).toBe(
      '`data.text` is what the note says now.',
    );
    expect(reason({ type: 'deal.note.removed', data: {} })).toBe(
      '`data.note` is {source, event_id} of the event that added the note.',
    );
  });
});

describe('the order of events', () => {
  const key = (occurredAt: number, source: string, eventId: string) => ({
    occurredAt,
    source,
    eventId,
  });

  it('is time, then source, then id, bytewise', () => {
    const ordered = [
      key(1, 'b', '2'),
      key(2, 'B', '9'),
      key(2, 'a', '10'),
      key(2, 'a', '9'),
      key(2, 'b', '1'),
    ];
    expect(ordered.toReversed().toSorted(compareEvents)).toEqual(ordered);
    expect(compareEvents(key(1, 'a', 'x'), key(1, 'a', 'x'))).toBe(0);
  });
});

describe('distinct', () => {
  const told = (source: string, eventId: string, text = '') => ({ source, eventId, text });

  it('keeps the first of each source and id', () => {
    const events = [
      told('a', '1', 'first'),
      told('a', '1', 'again'),
      told('b', '1'),
      told('a', '2'),
    ];
    expect(distinct(events)).toEqual([events[0], events[2], events[3]]);
    expect(distinct([told('a', 'b c'), told('a b', 'c')])).toHaveLength(2);
  });

  it('gives back the same list when there are no repeats', () => {
    const events = [told('a', '1'), told('a', '2')];
    expect(distinct(events)).toBe(events);
  });
});
