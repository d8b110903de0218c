import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { FileStore } from '../../src/platform/storage/index.ts';

export interface KeptFiles {
  readonly store: FileStore;
  /** How many files below this key were begun and are not whole. */
  readonly begun: (key: string) => Promise<number>;
}

const MEBIBYTE = 1024 ** 2;

/** What whoever keeps files relies on, whichever storage it is. */
export function keepsFiles(kept: () => KeptFiles): void {
  it('keeps what is written, and forgets it', async () => {
    const { store } = kept();
    expect(await store.write('t/imports/one', chunks('ab', 'c'))).toBe(3);
    expect(await read(store, 't/imports/one')).toBe('abc');
    await store.remove('t/imports/one');
    await store.remove('t/imports/one');
    expect(await store.open('t/imports/one')).toBeNull();
  });

  it('keeps an empty file, and the last of two', async () => {
    const { store } = kept();
    expect(await store.write('t/imports/empty', chunks())).toBe(0);
    expect(await read(store, 't/imports/empty')).toBe('');
    await store.write('t/imports/empty', chunks('later'));
    expect(await read(store, 't/imports/empty')).toBe('later');
  });

  it('lends a file that only its owner may read, until it is released', async () => {
    const { store } = kept();
    await store.write('t/imports/lent', chunks('secret'));
    const [first, second] = [
      await store.open('t/imports/lent'),
      await store.open('t/imports/lent'),
    ];
    await first?.release();
    expect(statSync(second?.path ?? '').mode & 0o777).toBe(0o600);
    expect(readFileSync(second?.path ?? '', 'utf8')).toBe('secret');
    await second?.release();
  });

  // One of them is as long as parts of it are, so that nothing is left for the last one.
  it.each([8 * MEBIBYTE, 20 * MEBIBYTE + 7])('keeps %i bytes as they are', async (size) => {
    const { store } = kept();
    const sent = createHash('sha256');
    expect(await store.write('t/imports/large', noise(size, sent))).toBe(size);
    const file = await store.open('t/imports/large');
    expect(file?.size).toBe(size);
    expect(await hashOf(file?.path ?? '')).toBe(sent.digest('hex'));
    await file?.release();
    expect(await kept().begun('t/imports/large')).toBe(0);
  });

  it.each([1, 9 * MEBIBYTE])(
    'has nothing of an upload that breaks off after %i bytes, and keeps what was there before',
    async (size) => {
      const { store, begun } = kept();
      await store.write('t/imports/two', chunks('old'));
      const broken = breaking(noise(size), new Error('gone'));
      await expect(store.write('t/imports/two', broken)).rejects.toThrow('gone');
      expect(await read(store, 't/imports/two')).toBe('old');
      expect(await begun('t/imports/two')).toBe(0);
    },
  );

  it('forgets also what a killed upload has left, which does not come back', async () => {
    const { store, begun } = kept();
    const killed = Promise.withResolvers<undefined>();
    const writing = store.write('t/imports/three', followed(noise(9 * MEBIBYTE), killed.promise));
    await expect.poll(() => begun('t/imports/three')).toBe(1);
    await store.remove('t/imports/three');
    expect(await begun('t/imports/three')).toBe(0);
    killed.resolve(undefined);
    await expect(writing).rejects.toBeInstanceOf(Error);
    expect(await store.open('t/imports/three')).toBeNull();
  });

  it.each(['../etc/passwd', '/etc/passwd', 'a//b', 'a/..', '.hidden', 'a/b\0', ''])(
    'takes no key that leads elsewhere: %j',
    async (key) => {
      const { store } = kept();
      await expect(store.write(key, chunks('x'))).rejects.toThrow(RangeError);
      await expect(store.open(key)).rejects.toThrow(RangeError);
      await expect(store.remove(key)).rejects.toThrow(RangeError);
    },
  );
}

async function read(store: FileStore, key: string): Promise<string | null> {
  const file = await store.open(key);
  if (file === null) return null;
  const text = readFileSync(file.path, 'utf8');
  expect(file.size).toBe(Buffer.byteLength(text));
  await file.release();
  return text;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function* chunks(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

/** Bytes without a pattern, the same every time, in pieces as a network brings them. */
async function* noise(
  size: number,
  hash = createHash('sha256'),
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let sent = 0, seed = 1; sent < size;) {
    const piece = Buffer.alloc(Math.min(65_521, size - sent));
    for (let at = 0; at + 4 <= piece.length; at += 4) {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      piece.writeUInt32LE(seed, at);
    }
    hash.update(piece);
    sent += piece.length;
    yield piece;
  }
}

async function* breaking(
  content: AsyncIterable<Uint8Array>,
  error: Error,
): AsyncGenerator<Uint8Array> {
  yield* content;
  throw error;
}

async function* followed(
  content: AsyncIterable<Uint8Array>,
  end: Promise<undefined>,
): AsyncGenerator<Uint8Array> {
  yield* content;
  await end;
  yield Buffer.from('the end');
}
