import { formatter } from '@lingui/format-po';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const lingui = resolve(root, '../../node_modules/.bin/lingui');
const po = formatter();

interface Entry {
  readonly message?: string;
  readonly translation?: string;
}

async function read(folder: string, locale: string): Promise<Record<string, Entry>> {
  const text = readFileSync(join(folder, `${locale}.po`), 'utf8');
  return (await po.parse(text, { locale, sourceLocale: 'en', filename: `${locale}.po` })) as Record<
    string,
    Entry
  >;
}

/** Names and numbers of the placeholders and tags of a text; plural forms may repeat them. */
function placeholders(text: string): string[] {
  const found = text.match(/<\/?\d+\/?>|\{\w+/g) ?? [];
  return [...new Set(found)].toSorted();
}

describe('texts', () => {
  let fresh: string;

  beforeAll(() => {
    fresh = mkdtempSync(join(tmpdir(), 'mak-locales-'));
    execFileSync(process.execPath, [lingui, 'extract', '--clean', '--workers', '1'], {
      cwd: root,
      env: { ...process.env, LOCALES_FOLDER: fresh },
    });
  }, 120_000);

  afterAll(() => rmSync(fresh, { recursive: true, force: true }));

  it.each(['en', 'ru', 'uk'])(
    'of the pages all stand in %s; else run `npm run messages`',
    async (locale) => {
      const committed = Object.keys(await read(import.meta.dirname, locale)).toSorted();
      expect(committed).toEqual(Object.keys(await read(fresh, locale)).toSorted());
    },
  );

  it.each(['ru', 'uk'])('are all translated into %s', async (locale) => {
    const entries = Object.values(await read(import.meta.dirname, locale));
    const missing = entries.filter(({ translation = '' }) => translation === '');
    expect(missing.map(({ message }) => message)).toEqual([]);
  });

  it.each(['ru', 'uk'])('keep their placeholders in %s', async (locale) => {
    const entries = Object.values(await read(import.meta.dirname, locale));
    const broken = entries.filter(
      ({ message = '', translation = '' }) =>
        translation !== '' && placeholders(message).join() !== placeholders(translation).join(),
    );
    expect(broken.map(({ translation }) => translation)).toEqual([]);
  });
});
