import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FolderStore } from './folder-store.ts';
import { keepsFiles } from '../../../test/support/file-store-contract.ts';

let folder: string;
let store: FolderStore;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mak-store-'));
  store = new FolderStore(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a folder', () => {
  keepsFiles(() => ({
    store,
    begun: (key) => {
      const names = readdirSync(dirname(join(folder, key)));
      const begun = names.filter((name) => name.startsWith(`${basename(key)}.`));
      return Promise.resolve(begun.length);
    },
  }));

  it('that cannot be one is an outage, and says what is wrong', async () => {
    const file = join(folder, 'no-folder');
    writeFileSync(file, '');
    const nowhere = new FolderStore(file);
    const outage = { status: 503, refusal: { code: 'storage_unavailable' } };
    await expect(nowhere.write('t/one', content())).rejects.toMatchObject(outage);
    await expect(nowhere.open('t/one')).rejects.toMatchObject(outage);
    await expect(nowhere.remove('t/one')).rejects.toMatchObject(outage);
  });
});

async function* content(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('x');
}
