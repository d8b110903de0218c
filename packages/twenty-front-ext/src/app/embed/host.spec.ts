// @vitest-environment happy-dom
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

it.each([
  ['locale=uk-UA', 'uk'],
  ['locale=ru_RU&lang=en', 'ru'],
  ['locale=EN', 'en'],
  ['locale=fr-FR', null],
  ['locale=ukr', null],
  ['locale=__proto__', null],
  ['locale=', null],
])('understands the language of %s', (fragment, language) => {
  expect(readFragment(`#${fragment}`).language).toBe(language);
});

it.each(['blue', 'DARK', 'system', ''])('knows no theme %s', (theme) => {
  expect(readFragment(`#theme=${theme}`).theme).toBeNull();
});

it.each([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  'javascript:alert(1)',
  'board',
  '',
])('leads to no page outside: %s', (path) => {
  expect(readFragment(`#path=${encodeURIComponent(path)}`).path).toBeNull();
});
