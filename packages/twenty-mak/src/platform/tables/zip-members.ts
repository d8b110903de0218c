import type { Readable } from 'node:stream';
import { openPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { FileError } from './file-error.ts';
import { LIMITS } from './limits.ts';

/** The members of a zip file by name. Nothing is unpacked before it is asked for. */
export class ZipMembers {
  private readonly file: ZipFile;
  private readonly members: ReadonlyMap<string, Entry>;

  private constructor(file: ZipFile, members: ReadonlyMap<string, Entry>) {
    this.file = file;
    this.members = members;
  }

  /** Throws FileError with `malformed_zip` or `too_many_members`. */
  static async open(path: string): Promise<ZipMembers> {
    let file: ZipFile | undefined;
    try {
      file = await openPromise(path, { autoClose: false });
      if (file.entryCount > LIMITS.members)
        throw new FileError(
          'too_many_members',
          `The workbook has ${file.entryCount} parts. Save it anew, with one sheet.`,
          'file',
        );
      const members = new Map<string, Entry>();
      for await (const entry of file.eachEntry()) members.set(entry.fileName, entry);
      return new ZipMembers(file, members);
    } catch (error) {
      file?.close();
      throw broken(error);
    }
  }

  has(name: string): boolean {
    return this.members.has(name);
  }

  /** Unpacked bytes of a member; 0 when there is none. */
  size(name: string): number {
    return this.members.get(name)?.uncompressedSize ?? 0;
  }

  /**
   * The unpacked bytes of a member. Throws FileError with
   * `malformed_zip`, `encrypted_file` or `zip_bomb`: what a member says of its size is not believed but enforced.
   */
  async *read(name: string): AsyncGenerator<Uint8Array> {
    const entry = this.members.get(name);
    if (entry === undefined)
      throw new FileError('malformed_workbook', `The workbook has no ${name}.`, 'file');
    if (entry.isEncrypted())
      throw new FileError(
        'encrypted_file',
        'The file is protected by a password. Save it without one.',
        'file',
      );
    const { compressedSize, uncompressedSize } = entry;
    const grows = uncompressedSize / Math.max(compressedSize, 1);
    if (
      uncompressedSize > LIMITS.memberBytes ||
      (uncompressedSize > LIMITS.freeBytes && grows > LIMITS.growth)
    )
      throw new FileError(
        'zip_bomb',
        `The workbook unpacks to ${uncompressedSize} bytes out of ${compressedSize}. Save it as CSV.`,
        'file',
      );
    let content: Readable | undefined;
    try {
      content = await this.file.openReadStreamPromise(entry);
      for await (const chunk of content) yield bytesOf(chunk);
    } catch (error) {
      throw broken(error);
    } finally {
      content?.destroy();
    }
  }

  close(): void {
    this.file.close();
  }
}

function bytesOf(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  throw new TypeError('a zip file gives bytes');
}

function broken(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof FileError) return error;
  const { code } = error as NodeJS.ErrnoException;
  // What the disk says is not the fault of the file.
  if (code !== undefined && !code.startsWith('Z_')) return error;
  return new FileError(
    'malformed_zip',
    `The workbook is damaged: ${error.message}. Save or fetch it again.`,
    'file',
  );
}
