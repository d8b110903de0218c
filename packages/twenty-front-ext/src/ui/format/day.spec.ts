import { expect, it } from 'vitest';
import { dayBegins } from './day.ts';

it.each([
  ['2026-03-01', 'UTC', 0, '2026-03-01T00:00:00.000Z'],
  ['2026-03-01', 'Europe/Kyiv', 0, '2026-02-28T22:00:00.000Z'],
  // The day on which summer time begins is an hour shorter.
  ['2026-03-29', 'Europe/Kyiv', 1, '2026-03-29T21:00:00.000Z'],
])('%s in %s, %d days later, begins at %s', (day, timeZone, later, instant) => {
  expect(dayBegins(day, timeZone, later)).toBe(instant);
});
