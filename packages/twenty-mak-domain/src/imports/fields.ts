import type { Refusal } from '../basics/index.ts';

/** What a row of one kind of files can say. `attributes.<key>` keeps a text that is none of these. */
export interface ImportFields {
  /** What becomes of rows, at the beginning of a sentence: `Leads`. */
  readonly rows: string;
  readonly names: readonly string[];
  /** Fields that several columns may fill: first and last name, more numbers, more remarks. */
  readonly several: readonly string[];
  /** Of these one at least is a column. */
  readonly needed: readonly string[];
  /** When none is. */
  readonly missing: Refusal;
  /** Fields that a profile may have a list of words for; attributes are others. */
  readonly listed: readonly string[];
  /** Fields that a profile may give to all rows. */
  readonly defaults: readonly string[];
  /** Whether the profile says what becomes of rows that are known already, and not a rule of the tenant. */
  readonly knowsDuplicates: boolean;
  /** Names of columns that people give them, by field. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
}

/** The words of a field that has no others. */
export interface ImportChoice {
  /** The key of what a text names; null when it names nothing. */
  readonly find: (text: string) => string | null;
  /** As people read them. */
  readonly titles: readonly string[];
}

/** By field. */
export type ImportChoices = Readonly<Record<string, ImportChoice>>;
