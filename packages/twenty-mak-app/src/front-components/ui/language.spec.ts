import { expect, it } from 'vitest';
import { formatDistance, languageOf } from './language.ts';

it.each([
  ['ru-RU', 'ru'],
  ['uk-UA', 'uk'],
  ['en', 'en'],
  ['pseudo-en', 'en'],
  ['de-DE', 'en'],
])('takes %s for %s', (locale, language) => expect(languageOf(locale)).toBe(language));

const now = Date.parse('2026-03-01T12:00:00Z');
it.each([
  ['2026-03-01T15:10:00Z', 'in 3 hours'],
  ['2026-02-27T12:00:00Z', '2 days ago'],
  ['2026-03-01T12:00:20Z', 'this minute'],
  ['2026-03-01T12:20:00Z', 'in 20 minutes'],
])('tells how far %s is', (instant, text) => expect(formatDistance('en', instant, now)).toBe(text));
