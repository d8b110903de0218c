export { headerIsData } from './header.ts';
export type { UnknownWord } from './words.ts';
export { detectEncoding, IMPORT_ENCODINGS } from './encoding.ts';
export type { DetectedEncoding, ImportEncoding } from './encoding.ts';
export { detectSeparator, SEPARATORS } from './separator.ts';
export type { Separator } from './separator.ts';
export type { ImportChoice, ImportChoices, ImportFields } from './fields.ts';
export { checkImportProfile, IMPORT_DUPLICATES } from './profile.ts';
export type { ColumnMapping, ImportDuplicates, ImportProfile } from './profile.ts';
export { suggestColumns } from './suggest.ts';
export { rowReader } from './row.ts';
export type { ReadRow, RowReading } from './row.ts';
export { RowCells } from './cells.ts';
export type { Cell } from './cells.ts';
export { contactCells, externalRefCell, yesOrNo } from './contact-cells.ts';
export { afterRow, importStart, resumeEnd, resumeRow } from './position.ts';
export type { ChainDigest, ImportPosition } from './position.ts';
export {
  addOutcomes,
  EMPTY_SUMMARY,
  LISTED_ERRORS,
  OTHER_ERRORS,
  rejectedCells,
  rejectedHeader,
} from './outcome.ts';
export type {
  CountedWord,
  ImportSummary,
  ListedError,
  RejectedRow,
  RowError,
  RowOutcome,
  RowResult,
} from './outcome.ts';
