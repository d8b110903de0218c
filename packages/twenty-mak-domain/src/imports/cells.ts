import type { Refusal } from '../basics/index.ts';
import { cleanText } from '../leads/contact.ts';
import { rowError } from './outcome.ts';
import type { ImportChoice } from './fields.ts';
import type { RowError } from './outcome.ts';
import type { ColumnMapping, ImportProfile } from './profile.ts';
import { WordList } from './words.ts';

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

const NO_COLUMNS: readonly Column[] = [];

/** Letters of a wrong word that are shown. */
const SHOWN = 80;

/** What the word of a cell stands for in the profile. */
export function meaningOf({ text, column }: Cell): string {
  const values = column?.values ?? {};
  return Object.hasOwn(values, text) ? (values[text] ?? text) : text;
}

/** Lists of words for all rows of a file, by field. */
export interface RowWords {
  /** Words that the profile allows. */
  readonly lists: ReadonlyMap<string, WordList>;
  /** Words of choices, made when one was not found. */
  readonly titles: Map<string, WordList>;
}

/** The cells of one row by field. */
export class RowCells {
  private readonly profile: ImportProfile;
  private readonly words: RowWords;
  private readonly columns: ReadonlyMap<string, readonly Column[]>;
  private readonly cells: readonly string[];
  private readonly errors: RowError[];

  constructor(
    profile: ImportProfile,
    words: RowWords,
    /** By field. */
    columns: ReadonlyMap<string, readonly Column[]>,
    cells: readonly string[],
    errors: RowError[],
  ) {
    this.profile = profile;
    this.words = words;
    this.columns = columns;
    this.cells = cells;
    this.errors = errors;
  }

  get externalSystem(): string {
    return this.profile.externalSystem ?? '';
  }

  /** Those that are not empty, else the default. */
  all(field: string): readonly Cell[] {
    const found = (this.columns.get(field) ?? NO_COLUMNS)
      .map((column) => ({ column, text: cleanText(this.cells[column.index] ?? '') }))
      .filter(({ text }) => text !== '');
    const given = this.profile.defaults[field];
    if (found.length === 0) return given === undefined ? [] : [{ column: null, text: given }];
    const list = this.words.lists.get(field);
    return list === undefined ? found : found.map((cell) => this.listed(cell, list));
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
    return Object.fromEntries(
      [...this.columns.keys()]
        .filter((field) => field.startsWith('attributes.'))
        .map((field) => [field.slice('attributes.'.length), this.text(field, MAX_ATTRIBUTE)])
        .filter((entry): entry is [string, string] => entry[1] !== null),
    );
  }

  fail(cell: Cell | null, code: string, reason: string): null {
    this.errors.push({ column: cell?.column?.column ?? null, code, reason });
    return null;
  }

  /** What the word of a cell stands for among the words of the field. Fails with `unknown_<field>`. */
  choice(field: string, { find, titles }: ImportChoice): string | null {
    const cell = this.one(field);
    if (cell === null) return null;
    const word = meaningOf(cell);
    const found = find(word);
    if (found !== null) return found;
    return this.failWord(
      cell,
      `unknown_${field}`,
      { word, what: field, known: `there are ${titles.join(', ')}.` },
      this.titlesOf(field, titles),
    );
  }

  /** Fails for a word that a list does not have: with the one that may be meant, else with `known`. */
  failWord(
    cell: Cell,
    code: string,
    { word, what, known }: { readonly word: string; readonly what: string; readonly known: string },
    list: WordList,
  ): null {
    const shown = word.slice(0, SHOWN);
    const suggestion = list.closest(word);
    const instead = suggestion === null ? known : `did you mean ${suggestion}?`;
    this.errors.push({
      column: cell.column?.column ?? null,
      code,
      reason: `There is no ${what} ${shown}; ${instead}`,
      unknown: { word: shown, suggestion },
    });
    return null;
  }

  private titlesOf(field: string, titles: readonly string[]): WordList {
    const known = this.words.titles.get(field) ?? new WordList(titles);
    this.words.titles.set(field, known);
    return known;
  }

  private listed(cell: Cell, list: WordList): Cell {
    const meant = meaningOf(cell);
    const text = list.find(meant);
    if (text !== null) return { ...cell, text };
    const what = cell.column?.column ?? '';
    const known = 'the list has no word like it.';
    this.failWord(cell, 'not_in_list', { word: meant, what, known }, list);
    return cell;
  }

  /** A refusal of a contact, whose field is `name` or the place in the list, such as `phones.1`. */
  refuse(refusal: Refusal, lists: Readonly<Record<string, readonly Cell[]>>): void {
    const [name = '', index] = refusal.field?.split('.') ?? [];
    const cell = lists[name]?.[Number(index ?? 0)] ?? null;
    this.errors.push(rowError(cell?.column?.column ?? null, refusal));
  }
}
