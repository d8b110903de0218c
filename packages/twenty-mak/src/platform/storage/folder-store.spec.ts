import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FolderStore } from './folder-store.ts';

let folder: string;
let store: FolderStore;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mak-store-'));
  store = new FolderStore(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function* chunks(...texts: (string | Error)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) {
    if (text instanceof Error) throw text;
    yield Buffer.from(text);
  }
}

describe('a folder', () => {
  it('keeps what is written, for its owner only, and forgets it', async () => {
    expect(await store.write('t/imports/one', chunks('ab', 'c'))).toBe(3);
    const file = await store.open('t/imports/one');
    expect(file?.size).toBe(3);
    expect(readFileSync(file?.path ?? '', 'utf8')).toBe('abc');
    expect(statSync(file?.path ?? '').mode & 0o777).toBe(0o600);
    await store.remove('t/imports/one');
    await store.remove('t/imports/one');
    expect(await store.open('t/imports/one')).toBeNull();
  });

  it('has nothing of an upload that breaks off, and keeps what was there before', async () => {
    await store.write('t/imports/two', chunks('old'));
    await expect(store.write('t/imports/two', chunks('new', new Error('gone')))).rejects.toThrow(
      'gone',
    );
    expect(readFileSync(join(folder, 't/imports/two'), 'utf8')).toBe('old');
    expect(readdirSync(join(folder, 't/imports'))).toEqual(['two']);
  });

  it.each(['../etc/passwd', '/etc/passwd', 'a//b', 'a/..', '.hidden', 'a/b\0', ''])(
    'takes no key that leads elsewhere: %j',
    async (key) => {
      await expect(store.write(key, chunks('x'))).rejects.toThrow(RangeError);
      await expect(store.open(key)).rejects.toThrow(RangeError);
    },
  );
});
