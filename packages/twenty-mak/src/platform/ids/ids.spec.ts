import { validate, version } from 'uuid';
import { describe, expect, it } from 'vitest';
import { isUuid, newId } from './index.ts';

describe('a new id', () => {
  const ids = Array.from({ length: 20_000 }, newId);

  it('is a UUID of version 7 with the time in front', () => {
    for (const id of ids.slice(0, 100)) {
      expect(validate(id)).toBe(true);
      expect(version(id)).toBe(7);
    }
    const made = Number.parseInt((ids[0] ?? '').replace('-', '').slice(0, 12), 16);
    expect(Math.abs(Date.now() - made)).toBeLessThan(5_000);
  });

  it('is after every earlier one and never the same', () => {
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('an id from elsewhere', () => {
  it('is one of ours only as a UUID in lower case', () => {
    const id = newId();
    expect(isUuid(id)).toBe(true);
    for (const other of [id.toUpperCase(), ` ${id}`, `${id}0`, id.slice(1), 'crm-7', ''])
      expect(isUuid(other)).toBe(false);
  });
});
