import { FileError } from './file-error.ts';
import type { TableRows } from './limits.ts';
import { SharedStrings } from './shared-strings.ts';
import { SheetRows } from './sheet-rows.ts';
import { readWorkbookParts } from './workbook-parts.ts';
import type { Sheet, WorkbookParts } from './workbook-parts.ts';
import { readXml } from './xml-parts.ts';
import { ZipMembers } from './zip-members.ts';

/** A number of a shared string, where the string itself is not known yet. */
const REFERENCE = '\u{F0000}';

/** A workbook (.xlsx) on disk, whose sheets are read row by row in bounded memory. */
export class Workbook {
  private readonly zip: ZipMembers;
  private readonly parts: WorkbookParts;

  private constructor(zip: ZipMembers, parts: WorkbookParts) {
    this.zip = zip;
    this.parts = parts;
  }

  /** Throws FileError when the file is no workbook. Has to be closed. */
  static async open(path: string): Promise<Workbook> {
    const zip = await ZipMembers.open(path);
    try {
      return new Workbook(zip, await readWorkbookParts(zip));
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  /** Names of the sheets that people see, else of all. */
  get sheets(): readonly string[] {
    const visible = this.parts.sheets.filter((sheet) => sheet.visible);
    return (visible.length > 0 ? visible : this.parts.sheets).map(({ name }) => name);
  }

  /**
   * All rows of a sheet, of the first one when none is named. `onProgress` hears the part that is read, from 0 to 1. Throws
   * FileError with `unknown_sheet` or what is wrong with the file.
   */
  async *rows(sheetName: string | null, onProgress?: (part: number) => void): TableRows {
    const { part } = this.sheet(sheetName);
    const { strings: stringsPart } = this.parts;
    const strings =
      stringsPart === null ? null : await SharedStrings.read(this.zip.read(stringsPart));
    try {
      const stringOf = (index: number): string => {
        if (strings === null)
          throw new FileError('malformed_workbook', 'The workbook has lost its texts.', 'file');
        return strings.get(index);
      };
      yield* this.read(part, stringOf, onProgress);
    } finally {
      strings?.close();
    }
  }

  /** The first rows of a sheet; of the shared strings no more is read than these rows need. */
  async firstRows(sheetName: string | null, count: number): Promise<readonly string[][]> {
    const { part } = this.sheet(sheetName);
    const rows: string[][] = [];
    let last = -1;
    const reference = (index: number): string => {
      last = Math.max(last, index);
      return `${REFERENCE}${index}`;
    };
    for await (const some of this.read(part, reference)) {
      rows.push(...some.slice(0, count - rows.length).map((row) => [...row]));
      if (rows.length >= count) break;
    }
    const { strings: stringsPart } = this.parts;
    if (last < 0 || stringsPart === null) return rows;
    const strings = await SharedStrings.read(this.zip.read(stringsPart), last);
    try {
      return rows.map((row) =>
        row.map((cell) =>
          cell.startsWith(REFERENCE) ? strings.get(Number(cell.slice(REFERENCE.length))) : cell,
        ),
      );
    } finally {
      strings.close();
    }
  }

  close(): void {
    this.zip.close();
  }

  private sheet(name: string | null): Sheet {
    const wanted = name ?? this.sheets[0];
    const sheet = this.parts.sheets.find((one) => one.name === wanted);
    if (sheet !== undefined) return sheet;
    throw new FileError(
      'unknown_sheet',
      `The workbook has no sheet ${String(name).slice(0, 80)}; it has ${this.sheets.slice(0, 20).join(', ')}.`,
      'sheet',
    );
  }

  private async *read(
    part: string,
    stringOf: (index: number) => string,
    onProgress?: (part: number) => void,
  ): TableRows {
    const { dateStyles, from1904 } = this.parts;
    const sheet = new SheetRows({ stringOf, isDate: (style) => dateStyles.has(style), from1904 });
    const size = this.zip.size(part);
    let read = 0;
    async function* counted(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const chunk of bytes) {
        read += chunk.length;
        yield chunk;
      }
    }
    for await (const _ of readXml(counted(this.zip.read(part)), sheet)) {
      onProgress?.(size === 0 ? 1 : read / size);
      const rows = sheet.take();
      if (rows.length > 0) yield rows;
    }
    const rest = sheet.take();
    if (rest.length > 0) yield rest;
  }
}
