import { describe, expect, it } from 'vitest';
import { readMapping } from './mapping.ts';
import { readAll } from './spec-support.ts';

const MAPPING = readMapping({
  source: 'old-crm',
  case: 'Deal',
  type: { column: 'What', rename: { Оплата: 'paid' } },
  time: { column: 'When', format: 'dd.MM.yyyy HH:mm', zone: 'Europe/Kyiv' },
  lifecycle: 'Phase',
  resource: 'Who',
  refs: [{ system: 'amocrm', column: 'Lead' }],
  deal: {
    name: 'Title',
    amount: { column: 'Sum', digits: 2 },
    currency: { value: 'UAH' },
    attributes: ['City'],
  },
});
const HEADER = 'Deal;What;When;Phase;Who;Lead;Title;Sum;City;Extra';
const ROW = '7;Оплата;28.03.2026 10:15;complete;Ann;99;"Roof; new";"1 234,50";Lviv;x';

describe('reading CSV', () => {
  it('makes events as the mapping says', async () => {
    const { events, problems, error } = await readAll(
      `${HEADER}\r\n${ROW}\r\n7;other;29.03.2026 10:15;;;;;;;\r\n`,
      { mapping: MAPPING },
    );
    expect({ problems, error }).toEqual({ problems: [], error: undefined });
    expect(events).toEqual([
      {
        event_id: '7/000000',
        type: 'paid',
        source: 'old-crm',
        occurred_at: '2026-03-28T08:15:00.000Z',
        external_refs: [
          { system: 'old-crm', id: '7' },
          { system: 'amocrm', id: '99' },
        ],
        data: {
          Extra: 'x',
          'lifecycle:transition': 'complete',
          'org:resource': 'Ann',
          name: 'Roof; new',
          amount: 123_450,
          currency: 'UAH',
          attributes: { City: 'Lviv' },
        },
      },
      {
        event_id: '7/000001',
        type: 'other',
        source: 'old-crm',
        // Summer time began that night.
        occurred_at: '2026-03-29T07:15:00.000Z',
        external_refs: [{ system: 'old-crm', id: '7' }],
        data: { currency: 'UAH' },
      },
    ]);
  });

  it.each([',', ';', '\t', '|'])(
    'finds out the delimiter %j, in chunks of any size',
    async (delimiter) => {
      const mapping = readMapping({ case: 'a', type: 'b', time: 'c' });
      const table = [
        ['a', 'b', 'c'],
        ['1', 'x', '2026-01-01T00:00:00Z'],
      ]
        .map((row) => row.join(delimiter))
        .join('\n');
      for (const size of [1, 1_000]) {
        expect((await readAll(`\ufeff${table}`, { mapping }, size)).events).toMatchObject([
          { event_id: '1/000000', type: 'x' },
        ]);
      }
    },
  );

  it('converts the data columns that it names', async () => {
    const mapping = readMapping({
      case: 'a',
      type: { value: 'tick' },
      time: { column: 'c', format: 'unix' },
      event_id: 'i',
      data: { n: { column: 'n', as: 'number' }, flag: { column: 'f', as: 'boolean' }, text: 'n' },
    });
    const { events, problems } = await readAll(
      'a,c,i,n,f\n1,1700000000,e1,"2,5",yes\n1,1700000000,e2,two,no\n',
      { mapping },
    );
    expect(events).toMatchObject([
      {
        event_id: 'e1',
        type: 'tick',
        occurred_at: '2023-11-14T22:13:20.000Z',
        data: { n: 2.5, flag: true, text: '2,5' },
      },
    ]);
    expect(problems).toMatchObject([{ place: 3, refusal: { code: 'invalid_value', field: 'n' } }]);
  });

  it('reports rows that are no events with line and column, and reads on', async () => {
    const { events, problems } = await readAll(
      `${HEADER}\n;a;01.01.2026 00:00;;;;;;;\n1;;01.01.2026 00:00;;;;;;;\n1;a;2026-01-01;;;;;;;\n1;a;31.02.2026 00:00;;;;;;;\n1;a;01.01.2026 00:00;;;;;1,234;;\n${ROW}\n`,
      { mapping: MAPPING },
    );
    expect(events).toHaveLength(1);
    expect(problems.map(({ place, refusal }) => [place, refusal.code, refusal.field])).toEqual([
      [2, 'value_missing', 'Deal'],
      [3, 'value_missing', 'What'],
      [4, 'invalid_time', 'When'],
      [5, 'invalid_time', 'When'],
      [6, 'invalid_amount', 'Sum'],
    ]);
  });
});

describe('refusing a table', () => {
  const refusal = async (content: string, mapping?: unknown): Promise<unknown> => {
    try {
      const { error } = await readAll(
        content,
        mapping === undefined ? {} : { mapping: readMapping(mapping) },
      );
      return (error as { refusal?: unknown } | undefined)?.refusal;
    } catch (error) {
      return (error as { refusal?: unknown }).refusal;
    }
  };
  const basic = { case: 'a', type: 'b', time: 'c' };

  it('without a mapping, naming its columns', async () => {
    expect(await refusal('a,b\n1,2\n')).toMatchObject({
      code: 'mapping_missing',
      reason: expect.stringContaining('a, b') as string,
    });
  });

  it('with a mapping of columns that it does not have', async () => {
    expect(await refusal('a,b\n1,2\n', basic)).toMatchObject({
      code: 'unknown_column',
      field: 'mapping.time',
      reason: expect.stringContaining('"c"') as string,
    });
    expect(await refusal('a,b,c\n', { ...basic, data: { x: 'nope' } })).toMatchObject({
      code: 'unknown_column',
      field: 'mapping.data.x',
    });
  });

  it('with a mapping that is wrong in itself', async () => {
    expect(await refusal('a,b,c\n', { case: 'a', type: 'b' })).toMatchObject({
      code: 'invalid_mapping',
      field: 'mapping.time',
    });
    expect(await refusal('a,b,c\n', { ...basic, colour: 'red' })).toMatchObject({
      code: 'invalid_mapping',
      field: 'mapping.colour',
    });
    expect(await refusal('a,b,c\n', { ...basic, deal: { sum: 'x' } })).toMatchObject({
      field: 'mapping.deal.sum',
    });
    expect(
      await refusal('a,b,c\n', { ...basic, time: { column: 'c', zone: 'Mars' } }),
    ).toMatchObject({ field: 'mapping.time.zone' });
    for (const format of ['yyyy-MM', 'yyyy-MM-dd yyyy', 'dd.MM.yyyy hh:mm', '(a+)+$']) {
      expect(await refusal('a,b,c\n', { ...basic, time: { column: 'c', format } })).toMatchObject({
        field: 'mapping.time.format',
      });
    }
  });

  it('with a column twice, a quote that never closes, or a row without end', async () => {
    expect(await refusal('a,b,a\n', basic)).toMatchObject({ code: 'repeated_column', field: 'a' });
    expect(await refusal('a,b,c\n1,"x,2\n', basic)).toMatchObject({
      code: 'malformed_csv',
      reason: expect.stringMatching(/line \d/) as string,
    });
    expect(await refusal(`a,b,c\n1,"${'x'.repeat(3_000_000)}`, basic)).toMatchObject({
      code: 'malformed_csv',
    });
  });
});

describe('time patterns', () => {
  it.each([
    ['iso', '2026-01-02T03:04:05.678+02:00', '2026-01-02T01:04:05.678Z'],
    ['iso', '2026-01-02 03:04', '2026-01-02T03:04:00.000Z'],
    ['iso', '2026-01-02', '2026-01-02T00:00:00.000Z'],
    ['unix_ms', '1700000000123', '2023-11-14T22:13:20.123Z'],
    ['M/d/yyyy H:mm', '1/2/2026 3:04', '2026-01-02T03:04:00.000Z'],
    ['yyyy-MM-ddTHH:mm:ss.SSSXXX', '2026-01-02T03:04:05.678-01:30', '2026-01-02T04:34:05.678Z'],
  ])('%s reads %s', async (format, text, expected) => {
    const mapping = readMapping({ case: 'a', type: 'b', time: { column: 'c', format } });
    expect((await readAll(`a,b,c\n1,x,${text}\n`, { mapping })).events).toMatchObject([
      { occurred_at: expected },
    ]);
  });
});
