import { expect, it } from 'vitest';
import { ServerClock } from './server-clock.ts';

const NOON = '2026-03-01T12:00:00.000Z';

it('goes on from what the server said, and does not go back for an answer that was late', () => {
  let elapsed = 1_000;
  const clock = new ServerClock(() => elapsed);
  clock.hear(NOON);
  expect(clock.now()).toBe(Date.parse(NOON));
  elapsed += 5_000;
  expect(clock.now()).toBe(Date.parse(NOON) + 5_000);
  clock.hear('2026-03-01T12:00:03.000Z');
  expect(clock.now()).toBe(Date.parse(NOON) + 5_000);
});

it('knows nothing before the first answer', () => {
  expect(new ServerClock(() => 0).now()).toBeNull();
});

it('takes the answer that came sooner', () => {
  let elapsed = 0;
  const clock = new ServerClock(() => elapsed);
  clock.hear(NOON);
  elapsed = 10_000;
  clock.hear('2026-03-01T12:00:11.000Z');
  expect(clock.now()).toBe(Date.parse('2026-03-01T12:00:11.000Z'));
});
