import { dateText, numberText, TextGatherer, unescapeText } from './cell-text.ts';
import { tooManyColumns } from './csv-table.ts';
import { FileError } from './file-error.ts';
import { LIMITS } from './limits.ts';
import { attribute } from './xml-parts.ts';
import type { XmlAttributes, XmlHandler } from './xml-parts.ts';

export interface SheetReading {
  readonly stringOf: (index: number) => string;
  readonly isDate: (style: number) => boolean;
  readonly from1904: boolean;
}

const EMPTY: readonly string[] = [];

/**
 * Rows of a sheet as its XML comes by. A row that the sheet leaves out is there without cells, so that rows keep the numbers
 * that people see; cells that are formatted only count as empty, and rows of them at the end are none.
 */
export class SheetRows implements XmlHandler {
  private rows: (readonly string[])[] = [];
  /** Empty rows since the last one with something in it. */
  private gap = 0;
  private cells: string[] = [];
  /** Number of the last row. */
  private row = 0;
  private column = 0;
  private type = '';
  private style = 0;
  private readonly gatherer = new TextGatherer();
  private inData = false;
  private inValue = false;
  private pronounced = 0;

  private readonly reading: SheetReading;

  constructor(reading: SheetReading) {
    this.reading = reading;
  }

  /** The rows since the last call. */
  take(): readonly (readonly string[])[] {
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  open(name: string, attributes: XmlAttributes): void {
    if (name === 'sheetData') this.inData = true;
    if (!this.inData) return;
    this.inValue = name === 'v' || (name === 't' && this.pronounced === 0);
    if (name === 'rPh') this.pronounced += 1;
    else if (name === 'row') this.beginRow(attribute(attributes, 'r'));
    else if (name === 'c') this.beginCell(attributes);
  }

  close(name: string): void {
    if (name === 'sheetData') this.inData = false;
    if (!this.inData) return;
    this.inValue = false;
    if (name === 'rPh') this.pronounced -= 1;
    else if (name === 'row') this.endRow();
    else if (name === 'c') this.endCell();
  }

  text(text: string): void {
    if (this.inValue) this.gatherer.add(text);
  }

  private beginRow(reference: string | undefined): void {
    const number = reference === undefined ? this.row + 1 : Number(reference);
    if (!Number.isInteger(number) || number <= this.row || number > LIMITS.rows)
      throw new FileError(
        'malformed_workbook',
        `The workbook is damaged: after row ${this.row} comes row ${String(reference).slice(0, 20)}.`,
        'file',
      );
    this.gap += number - this.row - 1;
    this.row = number;
    this.cells = [];
    this.column = 0;
  }

  private endRow(): void {
    if (this.cells.length === 0) {
      this.gap += 1;
      return;
    }
    for (; this.gap > 0; this.gap -= 1) this.rows.push(EMPTY);
    this.rows.push(this.cells);
  }

  private beginCell(attributes: XmlAttributes): void {
    const reference = attribute(attributes, 'r');
    this.column = reference === undefined ? this.column + 1 : columnOf(reference);
    this.type = attribute(attributes, 't') ?? 'n';
    this.style = Number(attribute(attributes, 's') ?? 0);
    this.gatherer.take();
  }

  private endCell(): void {
    const text = this.valueOf(this.gatherer.take());
    if (text === '') return;
    if (this.column > LIMITS.columns) throw tooManyColumns(this.column);
    while (this.cells.length < this.column - 1) this.cells.push('');
    this.cells[this.column - 1] = text;
  }

  private valueOf(raw: string): string {
    switch (this.type) {
      case 's':
        return raw === '' ? '' : this.reading.stringOf(Number(raw));
      case 'n':
        return this.reading.isDate(this.style)
          ? dateText(raw, this.reading.from1904)
          : numberText(raw);
      case 'b':
        return raw === '1' ? 'true' : raw === '' ? '' : 'false';
      default:
        return unescapeText(raw);
    }
  }
}

/** Number of the column of a reference such as AB12. */
function columnOf(reference: string): number {
  const letters = /^\$?([A-Z]{1,3})/.exec(reference)?.[1];
  if (letters === undefined)
    throw new FileError(
      'malformed_workbook',
      `The workbook is damaged: ${reference.slice(0, 20)} is no cell.`,
      'file',
    );
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column;
}
