import { describe, expect, it } from 'vitest';
import { csvCell } from '../../../platform/tables/index.ts';
import { csvWriter } from './csv-export.ts';
import type { EventWriter, ExportedDeal, ExportedEvent } from './exported-event.ts';
import { jsonLinesWriter } from './jsonl-writer.ts';
import { readAll } from './spec-support.ts';
import { xesWriter } from './xes-writer.ts';

const DEAL: ExportedDeal = {
  id: '0198c0de-0000-7000-8000-000000000001',
  name: "=cmd|'/C calc'!A0",
  pipeline: 'credit',
  stage: 'offer',
  outcome: null,
  amount: 5,
  currency: 'EUR',
};
const EVENT: ExportedEvent = {
  source: 'xes',
  eventId: '-1/000000',
  type: '=1+1 "quoted", <b> & ümläut\n\u0007',
  version: 1,
  occurredAt: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
  correlationId: null,
  refs: [{ system: 'xes', id: '1' }],
  data: {
    'lifecycle:transition': 'COMPLETE',
    'org:resource': '@boss',
    n: 1.5,
    i: 7,
    yes: true,
    none: null,
    list: ['a', 'b'],
    box: { a: { b: 'c' } },
    name: 'Deal',
  },
};

function write(writer: EventWriter): string {
  return (
    writer.begin() +
    writer.beginDeal(DEAL) +
    writer.event(DEAL, EVENT) +
    writer.event(DEAL, { ...EVENT, eventId: 'second', refs: [] }) +
    writer.endDeal() +
    writer.end()
  );
}

describe('writing files', () => {
  it.each([
    ['JSON Lines', jsonLinesWriter],
    ['CSV', csvWriter],
  ])('%s reads back as what was stored', async (_name, writer) => {
    const { events, problems, error } = await readAll(write(writer()));
    expect({ problems, error }).toEqual({ problems: [], error: undefined });
    const { source, type, version, refs, data } = EVENT;
    const common = {
      source,
      type,
      version,
      occurred_at: '2026-01-02T03:04:05.678Z',
      data,
      deal_id: DEAL.id,
    };
    expect(events).toEqual([
      { ...common, event_id: '-1/000000', external_refs: refs },
      { ...common, event_id: 'second', master_deal_id: DEAL.id },
    ]);
  });

  it('XES reads back with types, lifecycle and resource', async () => {
    const { events, problems, error } = await readAll(write(xesWriter()));
    expect({ problems, error }).toEqual({ problems: [], error: undefined });
    expect(events).toHaveLength(2);
    expect(events[0]).toMatchObject({
      event_id: `${DEAL.id}/000000`,
      type: EVENT.type.replace('\u0007', '\ufffd'),
      occurred_at: '2026-01-02T03:04:05.678Z',
      data: {
        'lifecycle:transition': 'COMPLETE',
        'org:resource': '@boss',
        n: 1.5,
        i: 7,
        yes: true,
        name: 'Deal',
        box: { a: { b: 'c' } },
        list: [{ item: 'a' }, { item: 'b' }],
      },
    });
  });

  it('no cell of CSV is a formula', () => {
    const rows = write(csvWriter());
    expect(rows).not.toMatch(/(^|,|\n)"?[=+\-@]/);
    expect(
      ['=1', '+1', '-1', '@a', '\tx', "'=1", 'a=1', "it's"].map((text) => csvCell(text)),
    ).toEqual(["'=1", "'+1", "'-1", "'@a", "'\tx", "''=1", 'a=1', "it's"]);
  });
});
