import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import ru from '../locales/ru-RU.json' with { type: 'json' };
import uk from '../locales/uk-UA.json' with { type: 'json' };

const SOURCES = join(dirname(import.meta.dirname), 'src');
const files = globSync('**/*.{ts,tsx}', { cwd: SOURCES }).filter(
  (file) => !file.includes('.spec.'),
);

/** Properties whose texts people read in twenty. */
const SHOWN = /\b(?:label|labelPlural|shortLabel|title|description):\s*'((?:[^'\\]|\\.)+)'/g;
const VIEW_NAME = /\bname:\s*'([A-Z](?:[^'\\]|\\.)+)'/g;
/** The label of a choice: `['WON', 'Won', 'green']`. */
const CHOICE = /\['[A-Z_]+', '((?:[^'\\]|\\.)+)', '[a-z]+'\]/g;
const TRANSLATED = /\bt\(\s*'((?:[^'\\]|\\.)+)'/g;
const CALLED = /(?:fullPage|tab)\(\s*'[^']+',\s*'((?:[^'\\]|\\.)+)'/g;

function textsOf(file: string): readonly string[] {
  const source = readFileSync(join(SOURCES, file), 'utf8');
  const expressions = file.startsWith('front-components/')
    ? [TRANSLATED]
    : [SHOWN, VIEW_NAME, CHOICE, CALLED];
  return expressions.flatMap((one) => [...source.matchAll(one)].map((match) => match[1] ?? ''));
}

/** Names that are the same everywhere, and words for admins that twenty does not translate. */
const UNTRANSLATED = new Set(
  files
    .filter((file) => /^(application-config|default-role|roles\/)/.test(file))
    .flatMap((file) => textsOf(file)),
);
const texts = new Set(
  files
    .flatMap((file) => textsOf(file))
    .filter((text) => !UNTRANSLATED.has(text) || text === 'MaK'),
);

const placeholders = (text: string) => text.match(/\{\w+\}/g)?.toSorted() ?? [];

it('finds the texts of the app', () => {
  for (const text of ['Master deal', 'Outbid', 'SLA calendar', 'Record a fact', 'Try again']) {
    expect(texts).toContain(text);
  }
});

describe.each([
  ['ru-RU', ru],
  ['uk-UA', uk],
])('%s', (_, catalogue: Record<string, string>) => {
  it('has every text', () => {
    expect([...texts].filter((text) => !catalogue[text])).toEqual([]);
  });

  it('has nothing that is not said any more', () => {
    const sources = files.map((file) => readFileSync(join(SOURCES, file), 'utf8')).join('\n');
    expect(Object.keys(catalogue).filter((text) => !sources.includes(text))).toEqual([]);
  });

  it('fills in the same values', () => {
    for (const [text, translation] of Object.entries(catalogue)) {
      expect(placeholders(translation), text).toEqual(placeholders(text));
    }
  });
});
