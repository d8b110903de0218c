import { describe, expect, it } from 'vitest';
import { proposedTable, statusTitle } from './proposed-table.ts';
import type { Status } from './proposed-table.ts';
import { NO_TABLE } from './table-values.ts';

const there = (pipeline: string | null, ...titles: readonly string[]): Status[] =>
  titles.map((title) => ({ status: `${pipeline ?? ''}:${title}`, title, pipeline }));
const stages = ['New', 'In work', 'Won', 'Lost'].map((title) => ({ key: title, title }));

describe('a table that is proposed', () => {
  it('has the statuses with the names of the stages, however they are written', () => {
    const statuses = there('Sales', 'NEW', 'in  work!', 'Closed - won', 'Closed - lost');
    expect(proposedTable({ title: 'Credit' }, stages, statuses, NO_TABLE)).toEqual({
      statusOf: {
        New: 'Sales:NEW',
        'In work': 'Sales:in  work!',
        Won: 'Sales:Closed - won',
        Lost: 'Sales:Closed - lost',
      },
      eventOf: {},
    });
  });

  it('is of one pipeline there: that of the same name, else the one that agrees best', () => {
    const statuses = [
      ...there('Other', 'New', 'In work'),
      ...there('Sales', 'New', 'In work', 'Won'),
      ...there('Credit', 'Won'),
    ];
    const of = (title: string): object =>
      proposedTable({ title }, stages, statuses, NO_TABLE).statusOf;
    expect(of('CREDIT')).toEqual({ Won: 'Credit:Won' });
    expect(of('Leasing')).toEqual({
      New: 'Sales:New',
      'In work': 'Sales:In work',
      Won: 'Sales:Won',
    });
  });

  it('gives several stages one status', () => {
    const two = ['Lost', 'Lost early'].map((title) => ({ key: title, title }));
    expect(proposedTable({ title: '' }, two, there(null, 'Lost'), NO_TABLE).statusOf).toEqual({
      Lost: ':Lost',
      'Lost early': ':Lost',
    });
  });

  it('leaves what is set, and says nothing of names that agree with none', () => {
    const table = { statusOf: { New: 'mine' }, eventOf: { a: 'b' } };
    const statuses = there('Sales', 'New', 'Something');
    expect(proposedTable({ title: '' }, stages, statuses, table)).toEqual(table);
    expect(proposedTable({ title: '' }, stages, there('Sales', '—'), table)).toEqual(table);
  });
});

describe('a status', () => {
  it('is named with its pipeline', () => {
    expect([...there('Sales', 'New'), ...there(null, 'NEW')].map(statusTitle)).toEqual([
      'Sales: New',
      'NEW',
    ]);
  });
});
