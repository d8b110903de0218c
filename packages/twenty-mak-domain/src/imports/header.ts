import { readEmail } from '../leads/contact.ts';

/**
 * Whether the first row of a table is one of its rows and no header: it has an address or a telephone number. Names of columns are shown
 * and saved, so contacts must not be among them.
 */
export function headerIsData(header: readonly string[]): boolean {
  return header.some((cell) => isNumber(cell) || readEmail(cell).ok);
}

function isNumber(cell: string): boolean {
  const digits = cell.replaceAll(/\D/g, '').length;
  return digits >= 7 && /^[+\d\s().-]+$/.test(cell);
}
