import { accept, refuse } from '../basics/index.ts';
import type { Decision } from '../basics/index.ts';

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
  for (let first = bytes[index]; first !== undefined; first = bytes[index]) {
    const known = FORMS.find(({ from, to }) => first >= from && first <= to);
    if (known === undefined) return false;
    const [second, ...others] = bytes.subarray(index + 1, index + known.length);
    const [least, most] = known.second;
    if (second !== undefined && (second < least || second > most)) return false;
    if (others.some((byte) => byte < 0x80 || byte > 0xbf)) return false;
    index += known.length;
  }
  return index === bytes.length || !whole;
}

/**
 * Characters by their first byte. Longer spellings than needed, halves of surrogate pairs and what is beyond Unicode are
 * no characters.
 */
const FORMS: readonly {
  readonly from: number;
  readonly to: number;
  readonly length: number;
  readonly second: readonly [least: number, most: number];
}[] = [
  { from: 0x00, to: 0x7f, length: 1, second: [0x80, 0xbf] },
  { from: 0xc2, to: 0xdf, length: 2, second: [0x80, 0xbf] },
  { from: 0xe0, to: 0xe0, length: 3, second: [0xa0, 0xbf] },
  { from: 0xed, to: 0xed, length: 3, second: [0x80, 0x9f] },
  { from: 0xe1, to: 0xef, length: 3, second: [0x80, 0xbf] },
  { from: 0xf0, to: 0xf0, length: 4, second: [0x90, 0xbf] },
  { from: 0xf1, to: 0xf3, length: 4, second: [0x80, 0xbf] },
  { from: 0xf4, to: 0xf4, length: 4, second: [0x80, 0x8f] },
];

/**
 * Whether Cyrillic letters of Windows-1251 prevail among what is not ASCII, and small ones among them: in KOI8-R
 * the same bytes are the other way round, and those of DOS lie elsewhere.
 */
function looksCyrillic(bytes: Uint8Array): boolean {
  const high = bytes.filter((byte) => byte >= 0x80);
  const large = high.filter((byte) => (byte >= 0xc0 && byte <= 0xdf) || LARGE.has(byte)).length;
  const small = high.filter((byte) => byte >= 0xe0 || SMALL.has(byte)).length;
  return small > large && (small + large) * 10 >= high.length * 9;
}

/** Ґ, Ё, Є, І, Ї and ґ, ё, є, і, ї in Windows-1251. */
const LARGE: ReadonlySet<number> = new Set([0xa5, 0xa8, 0xaa, 0xb2, 0xaf]);
const SMALL: ReadonlySet<number> = new Set([0xb4, 0xb8, 0xba, 0xb3, 0xbf]);
