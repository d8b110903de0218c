import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { FileStore, keyParts } from './file-store.ts';
import type { LocalFile } from './file-store.ts';

/** Files in a folder, which all processes share. Only their owner may read them. */
export class FolderStore extends FileStore {
  readonly place: string;
  private readonly root: string;

  constructor(folder: string) {
    super();
    this.root = resolve(folder);
    this.place = `the folder ${this.root}`;
  }

  async write(key: string, content: AsyncIterable<Uint8Array>): Promise<number> {
    const path = this.path(key);
    const unfinished = `${path}.${uuidv7()}.part`;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    try {
      const file = await open(unfinished, 'wx', 0o600);
      let size = 0;
      try {
        for await (const chunk of content) {
          await file.writeFile(chunk);
          size += chunk.length;
        }
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(unfinished, path);
      await syncFolder(dirname(path));
      return size;
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  }

  async open(key: string): Promise<LocalFile | null> {
    const path = this.path(key);
    try {
      const { size } = await stat(path);
      return { path, size, release: () => Promise.resolve() };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  async remove(key: string): Promise<void> {
    await rm(this.path(key), { force: true });
  }

  private path(key: string): string {
    return join(this.root, ...keyParts(key));
  }
}

/** Makes a new name in a folder durable. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
