import { crc32, createDeflateRaw } from 'node:zlib';
import { through } from './through.ts';

export interface ZipMember {
  readonly name: string;
  readonly content: AsyncIterable<string> | Iterable<string>;
}

/** Sizes come after the content; names are UTF-8. */
const FLAGS = 0x0808;
const DEFLATED = 8;
const VERSION = 20;
/** The first day that a zip file can name: when it was made is nobody's business. */
const DATE = 0x0021;
/** Larger ones would need another format of headers. */
const MAX_SIZE = 0xffff_fffe;

interface Written {
  readonly name: Buffer;
  readonly crc: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly offset: number;
}

/** A zip file, made while it is read: nothing but the names and sizes of members is kept. */
export async function* zipFile(members: Iterable<ZipMember>): AsyncGenerator<Uint8Array> {
  const written: Written[] = [];
  let offset = 0;
  for (const { name: text, content } of members) {
    const name = Buffer.from(text);
    const header = localHeader(name);
    yield header;
    let [crc, packed, unpacked] = [0, 0, 0];
    async function* counted(): AsyncGenerator<Uint8Array> {
      for await (const part of content) {
        const bytes = Buffer.from(part);
        crc = crc32(bytes, crc);
        unpacked += bytes.length;
        yield bytes;
      }
    }
    for await (const chunks of through<Buffer>(createDeflateRaw({ level: 4 }), counted()))
      for (const chunk of chunks) {
        packed += chunk.length;
        yield chunk;
      }
    yield fields([
      [4, 0x0807_4b50],
      [4, crc],
      [4, packed],
      [4, unpacked],
    ]);
    written.push({ name, crc, packed, unpacked, offset });
    offset += header.length + packed + 16;
    if (Math.max(offset, unpacked) > MAX_SIZE)
      throw new RangeError(`${text} makes the zip file larger than 4 GB`);
  }
  const directory = Buffer.concat(written.map(directoryEntry));
  yield directory;
  yield fields([
    [4, 0x0605_4b50],
    [4, 0],
    [2, written.length],
    [2, written.length],
    [4, directory.length],
    [4, offset],
    [2, 0],
  ]);
}

function localHeader(name: Buffer): Buffer {
  const header = fields([
    [4, 0x0403_4b50],
    [2, VERSION],
    [2, FLAGS],
    [2, DEFLATED],
    [2, 0],
    [2, DATE],
    [4, 0],
    [4, 0],
    [4, 0],
    [2, name.length],
    [2, 0],
  ]);
  return Buffer.concat([header, name]);
}

function directoryEntry({ name, crc, packed, unpacked, offset }: Written): Buffer {
  const entry = fields([
    [4, 0x0201_4b50],
    [2, VERSION],
    [2, VERSION],
    [2, FLAGS],
    [2, DEFLATED],
    [2, 0],
    [2, DATE],
    [4, crc],
    [4, packed],
    [4, unpacked],
    [2, name.length],
    [2, 0],
    [2, 0],
    [2, 0],
    [2, 0],
    [4, 0],
    [4, offset],
  ]);
  return Buffer.concat([entry, name]);
}

/** Unsigned numbers, each of so many bytes, the least significant first. */
function fields(values: readonly (readonly [size: number, value: number])[]): Buffer {
  const bytes = Buffer.alloc(values.reduce((sum, [size]) => sum + size, 0));
  let at = 0;
  for (const [size, value] of values) at = bytes.writeUIntLE(value, at, size);
  return bytes;
}
