import { expect, it } from 'vitest';
import { coursesOf } from './kpi-courses.ts';

it('adds a figure up over its days, by currency', () => {
  const figure = (name: string, total: number, currency: string | null = null) => ({
    name,
    total,
    currency,
    reports: 1,
  });
  const courses = coursesOf([
    { day: '2026-03-01', figures: [figure('spend', 5, 'EUR'), figure('clicks', 10)] },
    { day: '2026-03-02', figures: [figure('spend', 7, 'USD'), figure('clicks', 2.5)] },
  ]);
  expect(
    courses.map(({ name, currency, total, reports }) => [name, currency, total, reports]),
  ).toEqual([
    ['clicks', null, 12.5, 2],
    ['spend', 'EUR', 5, 1],
    ['spend', 'USD', 7, 1],
  ]);
  expect(courses[0]?.days).toEqual([
    { day: '2026-03-01', value: 10 },
    { day: '2026-03-02', value: 2.5 },
  ]);
});
