import { createCompiledCatalog } from '@lingui/cli/api';
import { formatter } from '@lingui/format-po';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const here = import.meta.dirname;
const LANGUAGES = ['en', 'ru', 'uk'];
const SOURCE = 'en';
const INDEX = 'virtual:texts';
const ONE = /^\0virtual:texts\/(\w+)\/([\w-]+)$/;
/** Texts that are not in pages alone. */
const SHARED = 'shared';
const PAGE = /^src\/pages\/([\w-]+)\//;

const po = formatter();
type Catalog = Awaited<ReturnType<typeof po.parse>>;

/**
 * Gives the application its texts in parts: a page comes with its own, everything else with the application. There is one
 * catalogue a language all the same. Which text stands where is read out of the sources at every build. While pages are
 * developed all texts are shared.
 */
export function pageTexts(): Plugin {
  let parts: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  return {
    name: 'page-texts',
    async configResolved({ command }) {
      if (command === 'build') parts = await textsOfPages();
    },
    resolveId: (id) => (id.startsWith(INDEX) ? `\0${id}` : null),
    async load(id) {
      if (id === `\0${INDEX}`) return indexOf([SHARED, ...parts.keys()]);
      const [, language, part] = ONE.exec(id) ?? [];
      if (language === undefined || part === undefined) return null;
      const file = join(here, `src/locales/${language}.po`);
      this.addWatchFile(file);
      const inPages = new Set([...parts.values()].flatMap((ids) => [...ids]));
      const wanted = (text: string): boolean =>
        part === SHARED ? !inPages.has(text) : parts.get(part)?.has(text) === true;
      const texts: Record<string, string> = {};
      for (const [text, { message = text, translation }] of Object.entries(
        await read(file, language),
      )) {
        // What is not translated yet is shown as it stands in the source.
        if (wanted(text)) texts[text] = translation || message;
      }
      const { source, errors } = createCompiledCatalog(language, texts, { namespace: 'es' });
      if (errors.length > 0)
        this.error(`${file}: ${errors.map(({ error }) => error.message).join('; ')}`);
      return source;
    },
  };
}

/** `texts[language][part]()` loads a part. */
function indexOf(parts: readonly string[]): string {
  const languages = LANGUAGES.map((language) => {
    const loaders = parts.map(
      (part) => `${JSON.stringify(part)}: () => import('${INDEX}/${language}/${part}')`,
    );
    return `${language}: { ${loaders.join(', ')} }`;
  });
  return `export const texts = { ${languages.join(', ')} };`;
}

/** Ids of the texts that stand in pages and nowhere else, by page; a text of two pages belongs to both. */
async function textsOfPages(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const folder = mkdtempSync(join(tmpdir(), 'mak-texts-'));
  try {
    const lingui = join(here, '../../node_modules/.bin/lingui');
    execFileSync(process.execPath, [lingui, 'extract', '--clean', '--workers', '1'], {
      cwd: here,
      stdio: 'pipe',
      env: { ...process.env, LOCALES_FOLDER: folder },
    });
    const pages = new Map<string, Set<string>>();
    for (const [text, { origin = [] }] of Object.entries(
      await read(join(folder, `${SOURCE}.po`), SOURCE),
    )) {
      const names = origin.map(([file]) => PAGE.exec(file)?.[1]);
      for (const name of names) {
        if (name === undefined || names.includes(undefined)) continue;
        pages.set(name, (pages.get(name) ?? new Set()).add(text));
      }
    }
    return pages;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function read(filename: string, locale: string): Promise<Catalog> {
  return po.parse(readFileSync(filename, 'utf8'), { locale, sourceLocale: SOURCE, filename });
}
