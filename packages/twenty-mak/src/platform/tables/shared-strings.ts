import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TextGatherer, unescapeText } from './cell-text.ts';
import { FileError } from './file-error.ts';
import { readXml } from './xml-parts.ts';
import type { XmlHandler } from './xml-parts.ts';

/** Strings that are found and kept together. */
const BLOCK = 1_024;
/** Blocks that are kept in memory: rows mostly ask for what the rows before asked for, or for what comes next. */
const KEPT = 64;

/**
 * The strings that the cells of a workbook refer to by number. A million rows have millions of them, so they lie in a
 * file of their own beside, and memory holds the last blocks that were asked for and where each block begins.
 */
export class SharedStrings {
  private readonly file = openNameless();
  /** Where each block begins in the file. */
  private readonly begins: number[] = [];
  private size = 0;
  private waiting: string[] = [];
  private readonly blocks = new Map<number, readonly string[]>();
  private count = 0;

  /** Reads the part that holds them; with `upTo` only the strings up to this number. */
  static async read(
    bytes: AsyncIterable<Uint8Array>,
    upTo = Number.POSITIVE_INFINITY,
  ): Promise<SharedStrings> {
    const strings = new SharedStrings();
    try {
      const handler = new StringHandler((text) => strings.add(text));
      for await (const _ of readXml(bytes, handler)) if (strings.count > upTo) break;
      strings.flush();
      return strings;
    } catch (error) {
      strings.close();
      throw error;
    }
  }

  /** Throws FileError `malformed_workbook` for a number that no string has. */
  get(index: number): string {
    const text = this.block(Math.floor(index / BLOCK))?.[index % BLOCK];
    if (text !== undefined) return text;
    throw new FileError(
      'malformed_workbook',
      `The workbook is damaged: a cell names the text ${index}, which is not there.`,
      'file',
    );
  }

  close(): void {
    closeSync(this.file);
  }

  private add(text: string): void {
    this.waiting.push(text);
    this.count += 1;
    if (this.waiting.length === BLOCK) this.flush();
  }

  private flush(): void {
    if (this.waiting.length === 0) return;
    const bytes = Buffer.from(JSON.stringify(this.waiting));
    this.begins.push(this.size);
    for (let done = 0; done < bytes.length;)
      done += writeSync(this.file, bytes, done, bytes.length - done, this.size + done);
    this.size += bytes.length;
    this.waiting = [];
  }

  private block(number: number): readonly string[] | undefined {
    const kept = this.blocks.get(number);
    if (kept !== undefined) return kept;
    const begin = this.begins[number];
    if (begin === undefined) return undefined;
    const bytes = Buffer.alloc((this.begins[number + 1] ?? this.size) - begin);
    for (let done = 0; done < bytes.length;) {
      const read = readSync(this.file, bytes, done, bytes.length - done, begin + done);
      if (read === 0) throw new Error('the file of strings is shorter than what was written');
      done += read;
    }
    const strings = readStrings(bytes.toString());
    const [oldest] = this.blocks.keys();
    if (this.blocks.size >= KEPT && oldest !== undefined) this.blocks.delete(oldest);
    this.blocks.set(number, strings);
    return strings;
  }
}

function readStrings(text: string): readonly string[] {
  const strings: unknown = JSON.parse(text);
  if (!Array.isArray(strings)) throw new Error('a block of strings is a list');
  return strings.map(String);
}

/** Text of `<si>`, with its differently formatted pieces joined and without how it is pronounced. */
class StringHandler implements XmlHandler {
  private readonly gatherer = new TextGatherer();
  private inText = false;
  private pronounced = 0;

  private readonly found: (text: string) => void;

  constructor(found: (text: string) => void) {
    this.found = found;
  }

  open(name: string): void {
    if (name === 'rPh') this.pronounced += 1;
    this.inText = name === 't' && this.pronounced === 0;
  }

  close(name: string): void {
    this.inText = false;
    if (name === 'rPh') this.pronounced -= 1;
    if (name === 'si') this.found(unescapeText(this.gatherer.take()));
  }

  text(text: string): void {
    if (this.inText) this.gatherer.add(text);
  }
}

/** A file without a name: it goes when it is closed, also when the process is killed. */
function openNameless(): number {
  const folder = mkdtempSync(join(tmpdir(), 'mak-strings-'));
  try {
    return openSync(join(folder, 'strings'), 'wx+', 0o600);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
