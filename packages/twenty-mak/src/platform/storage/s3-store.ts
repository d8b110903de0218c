import { Logger } from '@nestjs/common';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { v7 as uuidv7 } from 'uuid';
import { FileStore, keyParts, storageUnavailable } from './file-store.ts';
import type { LocalFile } from './file-store.ts';
import { BucketError, S3Bucket } from './s3-bucket.ts';
import type { BucketAccess } from './s3-bucket.ts';

/** Bytes of each part but the last of a large file; an upload holds a few of them in memory. */
const PART = 8 * 1024 ** 2;
/** Age in milliseconds at which a copy is one that a killed process has left. */
const FORGOTTEN = 24 * 60 * 60 * 1_000;

/**
 * Files in a bucket of an S3-compatible storage. While one is read, a copy of it lies in a folder of this machine, which only
 * its owner may read.
 */
export class S3Store extends FileStore {
  readonly place: string;
  private readonly bucket: S3Bucket;
  private readonly copies: string;
  private readonly logger = new Logger('Storage');

  constructor(access: BucketAccess, folder: string) {
    super();
    this.bucket = new S3Bucket(access);
    this.copies = resolve(folder);
    this.place = `the bucket ${this.bucket.url}`;
  }

  async write(key: string, content: AsyncIterable<Uint8Array>): Promise<number> {
    const name = keyParts(key).join('/');
    const tags: string[] = [];
    let upload: string | null = null;
    let size = 0;
    try {
      for await (const part of inParts(content)) {
        const isWhole = size === 0 && part.length < PART;
        size += part.length;
        if (isWhole) await this.ask(() => this.bucket.put(name, part));
        else if (part.length > 0) {
          const begun: string = upload ?? (await this.ask(() => this.bucket.begin(name)));
          upload = begun;
          const number = tags.length + 1;
          tags.push(await this.ask(() => this.bucket.putPart(name, begun, number, part)));
        }
      }
      if (upload !== null) await this.end(name, upload, tags);
      return size;
    } catch (error) {
      if (upload !== null) await this.abort(name, upload);
      throw error;
    }
  }

  async open(key: string): Promise<LocalFile | null> {
    const name = keyParts(key).join('/');
    await this.prepare();
    const answer = await this.ask(() => this.bucket.get(name));
    if (answer === null) return null;
    const path = join(this.copies, uuidv7());
    const release = (): Promise<void> => rm(path, { force: true });
    try {
      // Of an empty file there may be no body.
      const content = Readable.from(answer.body ?? []);
      await pipeline(content, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
      const { size } = await stat(path);
      return { path, size, release };
    } catch (error) {
      await release();
      throw this.unavailable(error);
    }
  }

  async remove(key: string): Promise<void> {
    const name = keyParts(key).join('/');
    // Uploads first: none of them may end after the file is gone.
    for (const upload of await this.ask(() => this.bucket.unfinished(name)))
      await this.ask(() => this.bucket.abort(name, upload));
    await this.ask(() => this.bucket.delete(name));
  }

  private end(name: string, upload: string, tags: readonly string[]): Promise<void> {
    return this.ask(() => this.bucket.end(name, upload, tags));
  }

  /** What does not work here is done when the file is removed. */
  private async abort(name: string, upload: string): Promise<void> {
    await this.ask(() => this.bucket.abort(name, upload)).catch(() => undefined);
  }

  private async ask<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw error instanceof BucketError ? this.unavailable(error) : error;
    }
  }

  private unavailable(error: unknown): Error {
    this.logger.error(`files cannot be kept or read: ${(error as Error).message}`);
    return storageUnavailable(error);
  }

  /** The folder of copies, without those that nobody reads any more. */
  private async prepare(): Promise<void> {
    try {
      await mkdir(this.copies, { recursive: true, mode: 0o700 });
      for (const name of await readdir(this.copies)) {
        const path = join(this.copies, name);
        const copy = await stat(path).catch(() => null);
        if (copy !== null && Date.now() - copy.mtimeMs > FORGOTTEN) await rm(path, { force: true });
      }
    } catch (error) {
      throw this.unavailable(error);
    }
  }
}

/** The content in parts of one size; the last is shorter, and empty when nothing is left for it. */
async function* inParts(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of content) {
    waiting.push(chunk);
    length += chunk.length;
    if (length < PART) continue;
    const all = Buffer.concat(waiting, length);
    const rest = length % PART;
    for (let at = 0; at + PART <= length; at += PART) yield all.subarray(at, at + PART);
    waiting = [Buffer.from(all.subarray(length - rest))];
    length = rest;
  }
  yield Buffer.concat(waiting, length);
}
