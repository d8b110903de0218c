import { expect, it } from 'vitest';
import { eventValue } from './event-value.ts';

it.each([
  [{ detail: { value: 'a' } }, 'a'],
  [{ value: 'b' }, 'b'],
  [{ target: { value: 'c' } }, 'c'],
  [{ detail: {}, target: { value: '' } }, ''],
  [{ type: 'focus' }, null],
  [null, null],
])('reads %j', (event, value) => expect(eventValue(event)).toBe(value));
