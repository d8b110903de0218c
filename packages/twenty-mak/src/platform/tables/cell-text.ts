import { FileError } from './file-error.ts';
import { LIMITS } from './limits.ts';

/** Days from the first day of a workbook's calendar to 1970, and with the calendar of old Macintoshes. */
const EPOCH_DAYS = 25_569;
const EPOCH_DAYS_1904 = 24_107;
const DAY_SECONDS = 86_400;
/** From here on a number has more digits than a spreadsheet keeps. */
const EXACT = 1e15;

/** Gathers the text of one cell or shared string, which may come in pieces. */
export class TextGatherer {
  private text = '';

  add(text: string): void {
    this.text += text;
    if (this.text.length > LIMITS.cellCharacters)
      throw new FileError(
        'value_too_large',
        `A cell of the workbook has more than ${LIMITS.cellCharacters} characters.`,
        'file',
      );
  }

  /** The text so far; the next one begins empty. */
  take(): string {
    const { text } = this;
    this.text = '';
    return text;
  }
}

/** Characters that XML cannot hold stand in a workbook as `_x000D_`. */
export function unescapeText(text: string): string {
  return text.includes('_x')
    ? text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text;
}

/**
 * A number as people would write it. What has lost digits keeps its exponent, so that a reader may notice that it is no
 * telephone number any more.
 */
export function numberText(raw: string): string {
  if (/^-?\d{1,15}$/.test(raw)) return raw;
  const value = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(value)) return raw;
  if (Math.abs(value) >= EXACT) return value.toExponential().replace('e', 'E');
  return String(Number(value.toPrecision(15)));
}

/** A day, or a day with its time, as ISO 8601 without a zone: a workbook does not know one. */
export function dateText(raw: string, from1904: boolean): string {
  const days = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(days)) return raw;
  const seconds = Math.round((days - (from1904 ? EPOCH_DAYS_1904 : EPOCH_DAYS)) * DAY_SECONDS);
  const date = new Date(seconds * 1_000);
  if (Number.isNaN(date.getTime())) return raw;
  const text = date.toISOString();
  if (days < 1 && days >= 0) return text.slice(11, 19);
  return text.slice(11, 19) === '00:00:00' ? text.slice(0, 10) : text.slice(0, 19);
}

/** Whether a number format shows days or times; the numbers below 164 are given by the standard. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined)
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 58 && id !== 49);
  const bare = code.replaceAll(/"[^"]*"|\\.|\[[^\]]*\]|_.|\*./g, '');
  return /[ymdhs]/i.test(bare) && !/general/i.test(bare);
}
