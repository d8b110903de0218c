import { describe, expect, it } from 'vitest';
import { NO_TABLE, pipelineOf, tableKey, tablesOf, valuesOf, withText } from './table-values.ts';

const table = { statusOf: { draft: 'NEW' }, eventOf: { WON: 'crm.brief.submitted' } };

describe('tables of stages', () => {
  it('are taken from the connector and sent as they are', () => {
    const stageTables = [{ pipeline: 'p', ...table }];
    const values = valuesOf({ version: 3, stageTables });
    expect(values).toEqual({ version: 3, 'table.p': table });
    expect(tablesOf(values)).toEqual(stageTables);
  });

  it('are none without an entry', () => {
    expect(tablesOf({ version: 1, 'table.p': NO_TABLE })).toEqual([]);
    expect(tablesOf({ version: 1, 'table.p': { ...NO_TABLE, eventOf: table.eventOf } })).toEqual([
      { pipeline: 'p', ...NO_TABLE, eventOf: table.eventOf },
    ]);
  });

  it.each([null, 'text', 7])('are empty where the server gives %j', (statusOf) => {
    const stageTables = [{ pipeline: 'p', statusOf, eventOf: { a: 1, b: 'c' } }];
    expect(valuesOf({ version: 1, stageTables })).toEqual({
      version: 1,
      'table.p': { statusOf: {}, eventOf: { b: 'c' } },
    });
  });

  it('name the pipeline', () => {
    expect(pipelineOf(tableKey('0198'))).toBe('0198');
  });
});

it('sets, changes and takes out a text', () => {
  expect(withText({ a: 'x' }, 'b', 'y')).toEqual({ a: 'x', b: 'y' });
  expect(withText({ a: 'x' }, 'a', 'y')).toEqual({ a: 'y' });
  expect(withText({ a: 'x', b: 'y' }, 'a', '')).toEqual({ b: 'y' });
});
