import { Logger } from '@nestjs/common';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { FileStore, keyParts, storageUnavailable } from './file-store.ts';
import type { LocalFile } from './file-store.ts';

/** What is wrong with the folder itself, and what an operator can do. */
const FAULTS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; make room',
  EDQUOT: 'its quota is used up; make room',
  EACCES: 'this user may not use it; give it to the user that api and worker run as',
  EPERM: 'this user may not use it; give it to the user that api and worker run as',
  EROFS: 'it can only be read; mount it for writing, or set MAK_FILES_DIR',
  ENOTDIR: 'something in its path is no folder; set MAK_FILES_DIR',
  EIO: 'the disk fails',
};

/** Files in a folder, which all processes share. Only their owner may read them. */
export class FolderStore extends FileStore {
  readonly place: string;
  private readonly root: string;
  private readonly logger = new Logger('Storage');

  constructor(folder: string) {
    super();
    this.root = resolve(folder);
    this.place = `the folder ${this.root}`;
  }

  async write(key: string, content: AsyncIterable<Uint8Array>): Promise<number> {
    const path = this.path(key);
    const unfinished = `${path}.${uuidv7()}${UNFINISHED}`;
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
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
      await rm(unfinished, { force: true }).catch(() => undefined);
      throw this.explained(error);
    }
  }

  async open(key: string): Promise<LocalFile | null> {
    const path = this.path(key);
    try {
      const { size } = await stat(path);
      return { path, size, release: () => Promise.resolve() };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw this.explained(error);
    }
  }

  async remove(key: string): Promise<void> {
    const path = this.path(key);
    try {
      for (const name of await namesIn(dirname(path)))
        if (isBegun(name, basename(path))) await rm(join(dirname(path), name), { force: true });
      await rm(path, { force: true });
    } catch (error) {
      throw this.explained(error);
    }
  }

  /** Errors of the content stay as they are. */
  private explained(error: unknown): unknown {
    const { code, syscall } = error as NodeJS.ErrnoException;
    const fault = syscall === undefined ? undefined : FAULTS[code ?? ''];
    if (fault === undefined) return error;
    this.logger.error(`files cannot be kept or read in ${this.place}: ${fault} (${code})`);
    return storageUnavailable(error);
  }

  private path(key: string): string {
    return join(this.root, ...keyParts(key));
  }
}

/** Ends the names of files that are not whole yet. */
const UNFINISHED = '.part';
const UUID_LENGTH = 36;

/** Whether this is the name of a file `wanted` that is not whole. */
function isBegun(name: string, wanted: string): boolean {
  return (
    name.startsWith(`${wanted}.`) &&
    name.endsWith(UNFINISHED) &&
    name.length === wanted.length + 1 + UUID_LENGTH + UNFINISHED.length
  );
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
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
