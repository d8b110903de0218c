import iconv from 'iconv-lite';
import { FileError } from './file-error.ts';

const XML_DECLARATION = /^<\?xml[^>]*\sencoding=["']([A-Za-z0-9._-]{1,40})["']/;

/**
 * The text of a file. Its encoding is `encoding`, else what its byte-order mark or XML declaration says, else UTF-8.
 * Throws FileError when the bytes are not in that encoding.
 */
export async function* decode(
  source: AsyncIterable<Uint8Array>,
  encoding?: string,
): AsyncGenerator<string> {
  if (encoding !== undefined && !iconv.encodingExists(encoding)) {
    throw new FileError(
      'unknown_encoding',
      `The encoding ${encoding} is not known. Known are for example utf-8, utf-16le, windows-1251, windows-1252, koi8-r, cp866.`,
      'encoding',
    );
  }
  let decoder: Decoder | undefined;
  for await (const chunk of source) {
    decoder ??= decoderFor(chunk, encoding);
    const text = decoder.write(chunk);
    if (text !== '') yield text;
  }
  const rest = decoder?.end() ?? '';
  if (rest !== '') yield rest;
}

interface Decoder {
  write(chunk: Uint8Array): string;
  end(): string;
}

function decoderFor(head: Uint8Array, given: string | undefined): Decoder {
  const name = given ?? markOf(head) ?? declaredIn(head) ?? 'utf-8';
  if (/^utf-?8$|^us-ascii$/i.test(name)) return new Utf8Decoder();
  if (!iconv.encodingExists(name)) {
    throw new FileError(
      'unknown_encoding',
      `The file declares the encoding ${name}, which is not known. Give the right one with --encoding.`,
      'encoding',
    );
  }
  const decoder = iconv.getDecoder(name);
  return {
    write: (chunk) => decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)),
    end: () => decoder.end() ?? '',
  };
}

function markOf(head: Uint8Array): string | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return undefined;
}

function declaredIn(head: Uint8Array): string | undefined {
  return XML_DECLARATION.exec(Buffer.from(head.subarray(0, 200)).toString('latin1'))?.[1];
}

/** Refuses what is not UTF-8 instead of putting replacement marks into names; drops the byte-order mark. */
class Utf8Decoder implements Decoder {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private before = 0;
  /** The last character of the chunk before, which may go on in the next one. */
  private tail: Uint8Array = new Uint8Array();

  write(chunk: Uint8Array): string {
    const text = this.decode(chunk, true);
    this.before += chunk.length;
    this.tail = lastCharacter(Buffer.concat([this.tail, chunk.subarray(-4)]));
    return text;
  }

  end(): string {
    return this.decode(new Uint8Array(), false);
  }

  private decode(chunk: Uint8Array, stream: boolean): string {
    try {
      return this.decoder.decode(chunk, { stream });
    } catch {
      const place =
        this.before - this.tail.length + validLength(Buffer.concat([this.tail, chunk])) + 1;
      throw new FileError(
        'wrong_encoding',
        `The file is not UTF-8: byte ${place} does not fit. Say how it is encoded, for example --encoding windows-1251 for an export of a Windows program.`,
        'encoding',
      );
    }
  }
}

/** From the last byte on that begins a character of several bytes; nothing when it is too far back to go on. */
function lastCharacter(bytes: Uint8Array): Uint8Array {
  const end = bytes.subarray(-3);
  const begin = end.findLastIndex((byte) => byte >= 0xc0);
  return begin === -1 ? new Uint8Array() : end.subarray(begin);
}

/** How many bytes from the beginning are UTF-8. */
function validLength(bytes: Uint8Array): number {
  let valid = 0;
  let wrong = bytes.length;
  while (wrong - valid > 1) {
    const middle = (valid + wrong) >> 1;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      valid = middle;
    } catch {
      wrong = middle;
    }
  }
  return valid;
}
