import { accept, refuse } from '../../basics/index.ts';
import type { Decision } from '../../basics/index.ts';

export const IMPORT_ENCODINGS = ['utf-8', 'windows-1251', 'utf-16le', 'utf-16be'] as const;
export type ImportEncoding = (typeof IMPORT_ENCODINGS)[number];

export interface DetectedEncoding {
  readonly encoding: ImportEncoding;
  /** Bytes of the mark at the beginning, which are no text. */
  readonly mark: number;
  /** False when the bytes fit other encodings as well: somebody has to look at the rows. */
  readonly certain: boolean;
}

const MARKS: readonly (readonly [ImportEncoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/**
 * How a file is encoded, from its first bytes; `whole` says that they are all of it. What is UTF-8 is UTF-8: other texts
 * are so by accident only. Everything else is taken for Windows-1251, for certain when it looks like Cyrillic words.
 * Refuses with `file_not_text`.
 */
export function detectEncoding(sample: Uint8Array, whole: boolean): Decision<DetectedEncoding> {
  for (const [encoding, mark] of MARKS)
    if (mark.every((byte, index) => sample[index] === byte))
      return accept({ encoding, mark: mark.length, certain: true });
  if (sample.includes(0))
    return refuse('file_not_text', 'This is no text. Send CSV, or a workbook as .xlsx.', 'file');
  if (isUtf8(sample, whole)) return accept({ encoding: 'utf-8', mark: 0, certain: true });
  return accept({ encoding: 'windows-1251', mark: 0, certain: looksCyrillic(sample) });
}

/** Whether the bytes are UTF-8; of a part of a file the last character may be cut. */
function isUtf8(bytes: Uint8Array, whole: boolean): boolean {
  let index = 0;
  while (index < bytes.length) {
    const length = lengthOfCharacter(bytes[index] ?? 0, bytes[index + 1]);
    if (length === 0) return false;
    const rest = bytes.subarray(index + 1, index + length);
    if (!rest.every((byte) => byte >= 0x80 && byte <= 0xbf)) return false;
    if (index + length > bytes.length) return !whole;
    index += length;
  }
  return true;
}

/** How many bytes a character has that begins so; 0 when none does. */
function lengthOfCharacter(first: number, second = 0x90): number {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return 2;
  // Longer spellings than needed, halves of surrogate pairs and what is beyond Unicode are no characters.
  if (first === 0xe0) return second >= 0xa0 ? 3 : 0;
  if (first === 0xed) return second <= 0x9f ? 3 : 0;
  if (first > 0xe0 && first <= 0xef) return 3;
  if (first === 0xf0) return second >= 0x90 ? 4 : 0;
  if (first === 0xf4) return second <= 0x8f ? 4 : 0;
  return first > 0xf0 && first < 0xf4 ? 4 : 0;
}

/**
 * Whether Cyrillic letters of Windows-1251 prevail among what is not ASCII, and small ones among them: in KOI8-R
 * the same bytes are the other way round, and those of DOS lie elsewhere.
 */
function looksCyrillic(bytes: Uint8Array): boolean {
  const high = bytes.filter((byte) => byte >= 0x80);
  const large = high.filter((byte) => byte >= 0xc0 && byte <= 0xdf).length;
  const small = high.filter((byte) => byte >= 0xe0 || UKRAINIAN.has(byte)).length;
  return small > large && (small + large) * 10 >= high.length * 9;
}

/** ґ, ё, є, і, ї in Windows-1251. */
const UKRAINIAN: ReadonlySet<number> = new Set([0xb4, 0xb8, 0xba, 0xb3, 0xbf]);
