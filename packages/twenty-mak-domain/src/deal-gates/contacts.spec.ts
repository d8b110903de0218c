import { describe, expect, it } from 'vitest';
import { isContactMember, withoutContacts } from './contacts.ts';

describe('contact data', () => {
  it.each(['contact', 'contacts'])('is what stands under %s', (name) => {
    expect(isContactMember(name)).toBe(true);
  });

  it.each(['Contact', 'contact_id', 'constructor', ''])('is not what stands under %j', (name) => {
    expect(isContactMember(name)).toBe(false);
  });

  it('is taken out at every depth, and nothing else is', () => {
    expect(withoutContacts({ a: null, contact: 1, b: [{ contacts: [2], c: true }, 'x'] })).toEqual({
      a: null,
      b: [{ c: true }, 'x'],
    });
    for (const plain of [null, 'contact', 5, false, ['contact']])
      expect(withoutContacts(plain)).toEqual(plain);
  });

  it('leaves the prototype alone', () => {
    const without = withoutContacts(JSON.parse('{"__proto__":{"contact":1,"x":1}}'));
    expect(Object.getPrototypeOf(without)).toBe(Object.prototype);
    expect(JSON.stringify(without)).toBe('{"__proto__":{"x":1}}');
  });
});
