import { createGunzip } from 'node:zlib';
import { FileError, through } from '../../../platform/tables/index.ts';

/** Bytes of compressed input a step takes: deflate grows at most about a thousandfold, so a step stays below 16 MB. */
const STEP = 16 * 1024;
const CHUNK = 256 * 1024;
/** Unpacked bytes of one file, at most; a small file of zeros would otherwise keep a server busy for hours. */
const MAX_UNPACKED = 16 * 1024 ** 3;

/** The bytes of a file, unpacked when it begins with the magic bytes of gzip. Throws FileError when it is empty, cut off or damaged. */
export async function* openFile(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = source[Symbol.asyncIterator]();
  const head = await readHead(reader);
  if (head.length === 0) {
    throw new FileError('empty_file', 'The file is empty.');
  }
  const rest = prepend(head, reader);
  if (head[0] === 0x1f && head[1] === 0x8b) yield* unpack(rest);
  else yield* rest;
}

/** The first bytes, at least two of them if the file has so many. */
async function readHead(reader: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let head: Uint8Array = new Uint8Array();
  while (head.length < 2) {
    const next = await reader.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  return head;
}

async function* prepend(
  head: Uint8Array,
  reader: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield head;
  try {
    for (let next = await reader.next(); next.done !== true; next = await reader.next()) {
      yield next.value;
    }
  } finally {
    await reader.return?.();
  }
}

async function* steps(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    for (let from = 0; from < chunk.length; from += STEP) yield chunk.subarray(from, from + STEP);
  }
}

async function* unpack(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let unpacked = 0;
  try {
    for await (const chunks of through<Uint8Array>(
      createGunzip({ chunkSize: CHUNK }),
      steps(source),
    )) {
      for (const chunk of chunks) {
        unpacked += chunk.length;
        if (unpacked > MAX_UNPACKED) {
          throw new FileError(
            'file_too_large',
            `The file has more than ${MAX_UNPACKED} bytes unpacked. Send it in parts.`,
          );
        }
        yield chunk;
      }
    }
  } catch (error) {
    throw gzipError(error, unpacked);
  }
}

function gzipError(error: unknown, unpacked: number): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'Z_BUF_ERROR') {
    return new FileError(
      'truncated_gzip',
      `The gzip file is cut off after ${unpacked} unpacked bytes. Fetch it again whole.`,
    );
  }
  if (code?.startsWith('Z_') === true) {
    return new FileError(
      'damaged_gzip',
      `The gzip file is damaged after ${unpacked} unpacked bytes. Fetch it again.`,
    );
  }
  return error;
}
