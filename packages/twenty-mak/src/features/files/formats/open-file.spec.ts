import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readAll } from './spec-support.ts';

const lines = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) => `${JSON.stringify({ event_id: `${index}`, n: (index * 7_919) % 104_729 })}\n`,
  ).join('');

describe('opening a file', () => {
  it('refuses an empty one', async () => {
    for (const content of ['', ' \n\n', gzipSync('')]) {
      expect((await readAll(content)).error).toMatchObject({ refusal: { code: 'empty_file' } });
    }
  });

  it('gives out all that was whole before the place where a gzip is cut off', async () => {
    const packed = gzipSync(lines(50_000));
    for (const share of [0.3, 0.9]) {
      const { events, error } = await readAll(
        packed.subarray(0, Math.floor(packed.length * share)),
      );
      expect(error).toMatchObject({ refusal: { code: 'truncated_gzip' } });
      expect(events.length).toBeGreaterThan(50_000 * (share - 0.15));
      expect(events.at(-1)?.event_id).toBe(`${events.length - 1}`);
    }
  });

  it('tells a gzip that is damaged', async () => {
    const packed = gzipSync(lines(50_000));
    packed.fill(0xff, packed.length >> 1, (packed.length >> 1) + 20);
    expect((await readAll(packed)).error).toMatchObject({ refusal: { code: 'damaged_gzip' } });
  });

  it('reads gzip members that follow each other', async () => {
    const { events, error } = await readAll(
      Buffer.concat([gzipSync(lines(2)), gzipSync(lines(3))]),
    );
    expect(error).toBeUndefined();
    expect(events).toHaveLength(5);
  });
});

describe('encodings', () => {
  const json = '{"event_id":"1","type":"Оплата"}';
  // "Оплата" in Windows-1251.
  const windows = Buffer.concat([
    Buffer.from('{"event_id":"1","type":"'),
    Buffer.from([0xce, 0xef, 0xeb, 0xe0, 0xf2, 0xe0]),
    Buffer.from('"}'),
  ]);

  it('reads UTF-8 with and without a mark, UTF-16 by its mark', async () => {
    for (const content of [json, `\ufeff${json}`, Buffer.from(`\ufeff${json}`, 'utf16le')]) {
      for (const size of [1, 1_000]) {
        if (content instanceof Uint8Array && size === 1) continue;
        expect((await readAll(content, { format: 'jsonl' }, size)).events).toMatchObject([
          { type: 'Оплата' },
        ]);
      }
    }
  });

  it('refuses other bytes and says where they are and what to do', async () => {
    for (const size of [1, 5, 1_000]) {
      const { error } = await readAll(windows, {}, size);
      expect(error).toMatchObject({ refusal: { code: 'wrong_encoding', field: 'encoding' } });
      expect(String(error)).toMatch(/byte 26 .*--encoding windows-1251/);
    }
    expect((await readAll(windows, { encoding: 'windows-1251' })).events).toMatchObject([
      { type: 'Оплата' },
    ]);
  });

  it('believes an XML declaration', async () => {
    const xml =
      '<?xml version="1.0" encoding="windows-1251"?><log><trace><string key="concept:name" value="';
    const content = Buffer.concat([
      Buffer.from(xml),
      Buffer.from([0xce]),
      Buffer.from(
        '"/><event><string key="concept:name" value="a"/><date key="time:timestamp" value="2020-01-01T00:00:00Z"/></event></trace></log>',
      ),
    ]);
    expect((await readAll(content)).events).toMatchObject([{ data: { name: 'О' } }]);
  });

  it('refuses an encoding that nobody knows', async () => {
    expect((await readAll(json, { encoding: 'klingon' })).error).toMatchObject({
      refusal: { code: 'unknown_encoding' },
    });
    expect((await readAll('<?xml version="1.0" encoding="klingon"?><log/>')).error).toMatchObject({
      refusal: { code: 'unknown_encoding' },
    });
  });
});
