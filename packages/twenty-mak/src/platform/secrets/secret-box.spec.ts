import { describe, expect, it } from 'vitest';
import { SecretBox } from './secret-box.ts';

const box = new SecretBox({ MAK_SECRET_KEY: 'a key of at least thirty-two characters' });

describe('SecretBox', () => {
  it('opens what it sealed', () => {
    expect(box.open('webhook', 'row-1', box.seal('webhook', 'row-1', 'тайна'))).toBe('тайна');
  });

  it('never seals the same way twice', () => {
    expect(box.seal('webhook', 'row-1', 'x')).not.toEqual(box.seal('webhook', 'row-1', 'x'));
  });

  it('opens nothing for another owner, purpose or key, and nothing that was changed', () => {
    const sealed = box.seal('webhook', 'row-1', 'secret');
    const other = new SecretBox({
      MAK_SECRET_KEY: 'another key of at least thirty-two characters',
    });
    const changed = Buffer.from(sealed);
    changed[14] = (changed[14] ?? 0) ^ 1;
    expect(() => box.open('webhook', 'row-2', sealed)).toThrow(/authenticate/);
    expect(() => box.open('connector', 'row-1', sealed)).toThrow(/authenticate/);
    expect(() => other.open('webhook', 'row-1', sealed)).toThrow(/authenticate/);
    expect(() => box.open('webhook', 'row-1', changed)).toThrow(/authenticate/);
  });
});
