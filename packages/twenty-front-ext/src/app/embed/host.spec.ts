import { expect, it } from 'vitest';
import { readFragment } from './host.ts';

it('reads code, page, theme and language from the fragment', () => {
  expect(readFragment('#code=a-b_c&path=%2Fdeals%2F1%3Ftab%3Dnotes&theme=dark&lang=uk')).toEqual({
    code: 'a-b_c',
    path: '/deals/1?tab=notes',
    theme: 'dark',
    language: 'uk',
  });
  expect(readFragment('')).toEqual({ code: null, path: null, theme: null, language: null });
});

it.each(['https://evil.example', '//evil.example', '/\\evil.example', 'board', ''])(
  'leads to no page outside: %s',
  (path) => {
    expect(readFragment(`#path=${encodeURIComponent(path)}`).path).toBeNull();
  },
);
