import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { PRESET_MAPPINGS, readMapping } from './mapping.ts';
import { readAll, sampleXes } from './spec-support.ts';

const LOG = sampleXes({
  '17': [
    { type: 'A_SUBMITTED', time: '2011-10-01T00:38:44.546+02:00' },
    { type: 'W_Call', time: '2011-10-01T00:38:44.546+02:00', lifecycle: 'START' },
  ],
  'Ящик 2': [{ type: 'A_SUBMITTED', time: '2011-10-02T00:00:00Z' }],
});

describe('reading XES', () => {
  it('makes an event of every event, with an id that keeps the order of the log', async () => {
    const { events, problems, error } = await readAll(LOG, { mapping: PRESET_MAPPINGS['credit'] });
    expect({ problems, error }).toEqual({ problems: [], error: undefined });
    expect(events).toEqual([
      {
        event_id: '17/000000',
        type: 'A_SUBMITTED',
        source: 'xes',
        occurred_at: '2011-10-01T00:38:44.546+02:00',
        external_refs: [{ system: 'xes', id: '17' }],
        data: {
          'lifecycle:transition': 'COMPLETE',
          name: '17',
          amount: 500_000,
          currency: 'EUR',
          attributes: { AMOUNT_REQ: '5000' },
        },
      },
      {
        event_id: '17/000001',
        type: 'W_Call',
        source: 'xes',
        occurred_at: '2011-10-01T00:38:44.546+02:00',
        external_refs: [{ system: 'xes', id: '17' }],
        data: { 'lifecycle:transition': 'START' },
      },
      expect.objectContaining({
        event_id: '%D0%AF%D1%89%D0%B8%D0%BA%202/000000',
        external_refs: [{ system: 'xes', id: 'Ящик 2' }],
      }),
    ]);
  });

  it('gives the same events however the bytes arrive, plain or gzip', async () => {
    const whole = await readAll(LOG);
    for (const size of [1, 2, 7, 100]) expect(await readAll(LOG, {}, size)).toEqual(whole);
    for (const size of [1, 10_000]) expect(await readAll(gzipSync(LOG), {}, size)).toEqual(whole);
  });

  it('keeps types, nested attributes, lists and hostile keys', async () => {
    const { events } =
      await readAll(`<log><extension name="Concept"/><global scope="event"><string key="concept:name" value="?"/></global>
      <trace><string key="concept:name" value="1"/><event>
        <string key="concept:name" value="a &amp; &lt;b&gt; &#1071;"/><date key="time:timestamp" value="2020-01-01T00:00:00Z"/>
        <int key="int" value="42"/><int key="huge" value="9007199254740993"/><float key="float" value="1.5"/><boolean key="yes" value="true"/>
        <string key="__proto__" value="plain"/><id key="id" value="9c5e"/>
        <string key="parent" value="p"><int key="child" value="1"/></string>
        <list key="list"><values><string key="item" value="1"/><string key="item" value="2"/></values></list>
        <container key="box"><string key="in" value="side"/></container>
      </event></trace></log>`);
    expect(events[0]?.type).toBe('a & <b> Я');
    expect(events[0]?.data).toEqual(
      JSON.parse(
        '{"int":42,"huge":"9007199254740993","float":1.5,"yes":true,"__proto__":"plain","id":"9c5e","parent":{"value":"p","children":{"child":1}},"list":[{"item":"1"},{"item":"2"}],"box":{"in":"side"},"name":"1"}',
      ),
    );
  });

  it('reports an event without name, time or case, and reads on', async () => {
    const { events, problems } = await readAll(`<log>
      <event><string key="concept:name" value="a"/><date key="time:timestamp" value="2020-01-01T00:00:00Z"/></event>
      <trace><string key="concept:name" value="1"/>
        <event><date key="time:timestamp" value="2020-01-01T00:00:00Z"/></event>
        <event><string key="concept:name" value="a"/><date key="time:timestamp" value="yesterday"/></event>
        <event><string key="concept:name" value="a"/><date key="time:timestamp" value="2020-01-01T00:00:00Z"/></event>
      </trace></log>`);
    expect(events.map(({ event_id: id }) => id)).toEqual(['1/000002']);
    expect(problems.map(({ place, refusal }) => [place, refusal.code, refusal.field])).toEqual([
      [1, 'case_missing', 'concept:name'],
      [2, 'type_missing', 'concept:name'],
      [3, 'invalid_time', 'time:timestamp'],
    ]);
  });

  it('reports an amount that is none, with its column', async () => {
    const { problems } = await readAll(LOG.replaceAll('5000', 'UNKNOWN'), {
      mapping: PRESET_MAPPINGS['credit'],
    });
    expect(problems[0]?.refusal).toMatchObject({ code: 'invalid_amount', field: 'AMOUNT_REQ' });
  });

  it('takes other attributes when a mapping says so, and refuses members that mean nothing here', async () => {
    const mapping = readMapping({
      source: 'bank',
      system: 'loans',
      type: 'lifecycle:transition',
      deal: { name: 'AMOUNT_REQ' },
    });
    const { events } = await readAll(LOG, { mapping });
    expect(events[0]).toMatchObject({
      type: 'COMPLETE',
      source: 'bank',
      external_refs: [{ system: 'loans', id: '17' }],
      data: { name: '5000' },
    });
    expect((await readAll(LOG, { mapping: readMapping({ lifecycle: 'x' }) })).error).toMatchObject({
      refusal: { code: 'invalid_mapping', field: 'mapping.lifecycle' },
    });
  });
});

describe('refusing what is no log', () => {
  const refusal = async (content: string | Uint8Array): Promise<unknown> =>
    ((await readAll(content)).error as { refusal?: unknown }).refusal;

  it('a file that is cut off, after its readable events', async () => {
    const { events, error } = await readAll(LOG.slice(0, LOG.indexOf('Ящик')));
    expect(events).toHaveLength(2);
    expect(error).toMatchObject({
      refusal: {
        code: 'malformed_xml',
        reason: expect.stringContaining('2 events were read before') as string,
      },
    });
  });

  it('broken XML, with line and column', async () => {
    expect(await refusal('<log>\n<trace>\n  </event></log>')).toMatchObject({
      code: 'malformed_xml',
      reason: expect.stringMatching(/line 3, column \d+/) as string,
    });
  });

  it('entities that grow, and entities that read files', async () => {
    const bomb = `<!DOCTYPE log [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><log><trace><string key="concept:name" value="&b;"/></trace></log>`;
    expect(await refusal(bomb)).toMatchObject({ code: 'doctype_refused' });
    expect(await refusal('<!DOCTYPE log SYSTEM "file:///etc/passwd"><log/>')).toMatchObject({
      code: 'doctype_refused',
    });
    expect(
      await refusal('<log><trace><string key="concept:name" value="&b;"/></trace></log>'),
    ).toMatchObject({ code: 'malformed_xml' });
  });

  it('a value, an element or a document type without end', async () => {
    for (const begin of [
      '<log><trace><string key="a" value="',
      '<log><trace><!-- ',
      '<!DOCTYPE log [',
    ]) {
      expect(await refusal(begin + 'x'.repeat(6_000_000))).toMatchObject({
        code: 'value_too_large',
      });
    }
  });

  it('attributes without number or depth', async () => {
    const wide = '<string key="a" value="b"/>'.repeat(1_100);
    const deep = '<container key="a">'.repeat(30);
    expect(await refusal(`<log><trace>${wide}`)).toMatchObject({ code: 'too_many_attributes' });
    expect(await refusal(`<log><trace>${deep}`)).toMatchObject({ code: 'too_many_attributes' });
  });

  it('other XML', async () => {
    expect(await refusal('<html></html>')).toMatchObject({ code: 'not_xes' });
    expect(await refusal('<log><trace><event><b/></event></trace></log>')).toMatchObject({
      code: 'not_xes',
    });
  });
});
