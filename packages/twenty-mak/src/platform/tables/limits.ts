/** What a table may be like; more is an attack, or belongs into several files. */
export const LIMITS = {
  /** Columns with something in them. */
  columns: 500,
  /** Rows, the header included; also what a sheet of a workbook can have. */
  rows: 1_048_576,
  /** Characters of one row in CSV. */
  rowCharacters: 1024 * 1024,
  /** Characters of one cell of a workbook: what spreadsheets allow. */
  cellCharacters: 32_767,
  /** Unpacked bytes of one member of a workbook. */
  memberBytes: 4 * 1024 ** 3,
  /** How many times larger a member may get that is larger than `freeBytes`. */
  growth: 200,
  freeBytes: 64 * 1024 ** 2,
  members: 10_000,
  sheets: 200,
} as const;

/** Rows of a table with their cells as texts, batch by batch. */
export type TableRows = AsyncGenerator<readonly (readonly string[])[]>;
