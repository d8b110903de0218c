import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { doorFor, openDoor } from './webhook-door.ts';

const KEY = 'secret-key-of-the-specs-0123456789abcdef';
const place = { tenantId: randomUUID(), address: 'https://north.amocrm.ru' };
const door = { accountId: '4711', userId: '12' };

describe('a door for webhooks', () => {
  it('opens for the place and the account that it was made for', () => {
    const text = doorFor(KEY, place, door);
    expect(openDoor(KEY, place, text)).toEqual(door);
    expect(openDoor(KEY, { ...place, tenantId: randomUUID() }, text)).toBeNull();
    expect(openDoor(KEY, { ...place, address: 'https://south.amocrm.ru' }, text)).toBeNull();
    expect(openDoor(`${KEY}!`, place, text)).toBeNull();
    expect(openDoor(KEY, place, text.replace('4711', '4712'))).toBeNull();
  });

  it('opens for no other last letter, whatever the same bytes may be written as', () => {
    const text = doorFor(KEY, place, door);
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];
    const opens = letters.filter((last) => openDoor(KEY, place, text.slice(0, -1) + last) !== null);
    expect(opens).toEqual([text.at(-1)]);
  });

  it.each(['', '4711', '4711.12', '4711.12.short', 'a.b.c'])('does not open for %j', (text) => {
    expect(openDoor(KEY, place, text)).toBeNull();
  });
});
