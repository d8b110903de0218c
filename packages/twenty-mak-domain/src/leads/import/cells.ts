import type { Refusal } from '../../basics/index.ts';
import { cleanText } from '../contact.ts';
import { rowError } from './outcome.ts';
import type { RowError } from './outcome.ts';
import type { ColumnMapping, ImportProfile } from './profile.ts';

/** Longest value of a field. */
const MAX_TEXT = 200;
/** Longest value of an attribute. */
const MAX_ATTRIBUTE = 1_000;

export interface Column extends ColumnMapping {
  /** Place of the cell in the row. */
  readonly index: number;
}

/** A text and the column that it stands in; null for one that the profile gives. */
export interface Cell {
  readonly text: string;
  readonly column: Column | null;
}

/** The cells of one row by field. */
export class RowCells {
  private readonly profile: ImportProfile;
  private readonly columns: readonly Column[];
  private readonly cells: readonly string[];
  private readonly errors: RowError[];

  constructor(
    profile: ImportProfile,
    columns: readonly Column[],
    cells: readonly string[],
    errors: RowError[],
  ) {
    this.profile = profile;
    this.columns = columns;
    this.cells = cells;
    this.errors = errors;
  }

  get externalSystem(): string {
    return this.profile.externalSystem ?? '';
  }

  /** Those that are not empty, else the default. */
  all(field: string): readonly Cell[] {
    const found = this.columns
      .filter((column) => column.field === field)
      .map((column) => ({ column, text: cleanText(this.cells[column.index] ?? '') }))
      .filter(({ text }) => text !== '');
    const given = this.profile.defaults[field];
    return found.length > 0 || given === undefined ? found : [{ column: null, text: given }];
  }

  /** The cell, or null when it is empty. */
  one(field: string): Cell | null {
    return this.all(field)[0] ?? null;
  }

  text(field: string, max = MAX_TEXT): string | null {
    const cells = this.all(field);
    const text = cells.map((cell) => cell.text).join('\n');
    if (text.length <= max) return text === '' ? null : text;
    this.fail(cells[0] ?? null, 'text_too_long', `At most ${max} characters are allowed here.`);
    return null;
  }

  attributes(): Readonly<Record<string, string>> {
    const fields = this.columns.map(({ field }) => field);
    return Object.fromEntries(
      fields
        .filter((field) => field.startsWith('attributes.'))
        .map((field) => [field.slice('attributes.'.length), this.text(field, MAX_ATTRIBUTE)])
        .filter((entry): entry is [string, string] => entry[1] !== null),
    );
  }

  fail(cell: Cell | null, code: string, reason: string): null {
    this.errors.push({ column: cell?.column?.column ?? null, code, reason });
    return null;
  }

  /** A refusal of a contact, whose field is `name` or the place in the list, such as `phones.1`. */
  refuse(refusal: Refusal, lists: Readonly<Record<string, readonly Cell[]>>): void {
    const [name = '', index] = refusal.field?.split('.') ?? [];
    const cell = lists[name]?.[Number(index ?? 0)] ?? null;
    this.errors.push(rowError(cell?.column?.column ?? null, refusal));
  }
}
