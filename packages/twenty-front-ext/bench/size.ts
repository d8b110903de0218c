import type { Page } from '@playwright/test';
import { gzipSync } from 'node:zlib';

/** The hash in a file's name has eight characters, dashes among them. */
const SCRIPT = /\/assets\/(.+)-[\w-]{8}\.js$/;

interface Script {
  readonly chunk: string;
  /** Bytes after gzip. */
  readonly size: number;
}

/** Gathers every script that the page loads; the answer waits for those that are under way. */
export function gatherScripts(page: Page): () => Promise<ScriptSizes> {
  const scripts = new Map<string, Promise<Script>>();
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    const chunk = SCRIPT.exec(pathname)?.[1];
    if (chunk === undefined) return;
    const size = response.body().then((body) => ({ chunk, size: gzipSync(body).length }));
    scripts.set(pathname, size);
  });
  return async () => sizesOf(await Promise.all(scripts.values()));
}

interface ScriptSizes {
  readonly own: number;
  readonly react: number;
  readonly twentyUi: number;
}

function sizesOf(scripts: readonly Script[]): ScriptSizes {
  const sum = (chosen: (chunk: string) => boolean): number =>
    scripts.filter(({ chunk }) => chosen(chunk)).reduce((all, { size }) => all + size, 0);
  const sizes = {
    own: sum((chunk) => chunk !== 'react' && chunk !== 'twenty-ui'),
    react: sum((chunk) => chunk === 'react'),
    twentyUi: sum((chunk) => chunk === 'twenty-ui'),
  };
  if (Object.values(sizes).includes(0))
    throw new Error(
      `A part of the page's scripts was not seen: ${JSON.stringify(sizes)} bytes of ${scripts.length} files.`,
    );
  return sizes;
}
