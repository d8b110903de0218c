import { describe, expect, it } from 'vitest';
import type { References } from './field-kinds.ts';
import { NOTE } from './note-entity.ts';

const none: References = {
  idOf: () => null,
  personOf: (email) => email,
  localOf: () => null,
};
const { kind } = NOTE.fields.find(({ field }) => field === 'text') ?? { kind: null };
const read = (title: string | null, markdown: string | null) =>
  kind?.read({ title, bodyV2: { markdown } }, 'bodyV2', none);

describe('the text of a note', () => {
  it('is title and body of twenty in one', () => {
    expect(read('Call', 'Tomorrow\nat nine\n')).toBe('Call\n\nTomorrow\nat nine');
    expect(read('Call', null)).toBe('Call');
    expect(read('', 'Tomorrow')).toBe('Tomorrow');
    expect(read(' ', '\n')).toBeNull();
    expect(kind?.read({ title: null, bodyV2: null }, 'bodyV2', none)).toBeNull();
  });

  it.each([
    ['One line', 'One line', ''],
    ['First\nsecond\n\nthird', 'First', 'second\n\nthird'],
    [' Padded \n\n\nbody ', 'Padded', 'body'],
    [`${'x'.repeat(121)}\nbody`, '', `${'x'.repeat(121)}\nbody`],
    ['x'.repeat(120), 'x'.repeat(120), ''],
    [null, '', ''],
  ])('of %j has a title when it begins with a short line', (text, title, body) => {
    const written = kind?.write(text, 'bodyV2', none);
    expect(written).toEqual({ title, bodyV2: { markdown: body, blocknote: null } });
    expect(kind?.stored(text)).toBe(read(title, body));
    expect(kind?.stored(kind.stored(text))).toBe(kind?.stored(text));
  });
});
