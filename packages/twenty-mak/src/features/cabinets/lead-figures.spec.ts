import { expect, it } from 'vitest';
import { leadFigures } from './lead-figures.ts';

const statuses = [
  { key: 'new', title: 'New', kind: 'new' },
  { key: 'won', title: 'Won', kind: 'converted' },
  { key: 'won_late', title: 'Won late', kind: 'converted' },
] as const;

it('counts every status and the part that became deals', () => {
  const figures = leadFigures(statuses, [
    { status: 'new', leads: 6 },
    { status: 'won', leads: 1 },
    { status: 'won_late', leads: 1 },
  ]);
  expect(figures).toMatchObject({ total: 8, converted: 2, conversion: 0.25 });
  expect(figures.statuses.map(({ status, leads }) => [status, leads])).toEqual([
    ['new', 6],
    ['won', 1],
    ['won_late', 1],
  ]);
});

it('has no conversion without leads', () => {
  expect(leadFigures(statuses, [])).toMatchObject({ total: 0, conversion: null });
});
