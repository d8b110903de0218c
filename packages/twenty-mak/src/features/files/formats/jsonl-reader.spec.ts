import { describe, expect, it } from 'vitest';
import { readMapping } from './mapping.ts';
import { readAll } from './spec-support.ts';

const ENVELOPE = {
  event_id: '1',
  type: 'crm.deal.created',
  source: 'crm',
  occurred_at: '2026-01-01T00:00:00Z',
  external_refs: [{ system: 'crm', id: 'a' }],
  data: {},
};

describe('reading JSON Lines', () => {
  it('takes envelopes as they are, in chunks of any size, with any line ends', async () => {
    const text = `${JSON.stringify(ENVELOPE)}\r\n\n${JSON.stringify({ ...ENVELOPE, event_id: '2' })}`;
    for (const size of [1, 10, 1_000])
      expect((await readAll(text, {}, size)).events).toEqual([
        ENVELOPE,
        { ...ENVELOPE, event_id: '2' },
      ]);
  });

  it('maps other objects', async () => {
    const mapping = readMapping({ case: 'deal', type: 'what', time: 'at' });
    const { events } = await readAll(
      '{"deal":7,"what":"x","at":"2026-01-01T00:00:00Z","tags":["a"],"n":1}\n',
      { mapping },
    );
    expect(events).toEqual([
      {
        event_id: '7/000000',
        type: 'x',
        source: 'jsonl',
        occurred_at: '2026-01-01T00:00:00.000Z',
        external_refs: [{ system: 'jsonl', id: '7' }],
        data: { tags: ['a'], n: 1 },
      },
    ]);
  });

  it('reports lines that are no objects, and reads on', async () => {
    const { events, problems } = await readAll(`{"a":1\n[1]\nnull\n${JSON.stringify(ENVELOPE)}\n`, {
      format: 'jsonl',
    });
    expect(events).toHaveLength(1);
    expect(problems.map(({ place, refusal }) => [place, refusal.code])).toEqual([
      [1, 'malformed_json'],
      [2, 'malformed_json'],
      [3, 'malformed_json'],
    ]);
  });

  it('refuses a line without end', async () => {
    expect((await readAll(`{"a":"${'x'.repeat(3_000_000)}`)).error).toMatchObject({
      refusal: { code: 'value_too_large' },
    });
  });

  it('turns deal ids of another place into references', async () => {
    const id = '0198c0de-0000-7000-8000-000000000001';
    const lines = [
      { ...ENVELOPE, deal_id: id },
      { ...ENVELOPE, external_refs: undefined, master_deal_id: id },
    ]
      .map((line) => JSON.stringify(line))
      .join('\n');
    const { events } = await readAll(lines, { dealIds: 'refs' });
    expect(events.map(({ external_refs: refs }) => refs)).toEqual([
      [
        { system: 'mak', id },
        { system: 'crm', id: 'a' },
      ],
      [{ system: 'mak', id }],
    ]);
    expect(events.some((event) => 'master_deal_id' in event || 'deal_id' in event)).toBe(false);
  });
});
