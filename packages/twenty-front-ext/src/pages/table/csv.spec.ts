import { describe, expect, it } from 'vitest';
import { csvOf } from './csv.ts';

describe('csvOf', () => {
  it('quotes what needs it, and disarms formulas', () => {
    const rows = [
      ['Name', 'Amount'],
      ['Smith, "Bob"\nLtd', '10 EUR'],
      ['=HYPERLINK("x")', '-5 EUR'],
    ];
    expect(csvOf(rows)).toBe(
      '\uFEFFName,Amount\r\n"Smith, ""Bob""\nLtd",10 EUR\r\n"\'=HYPERLINK(""x"")",\'-5 EUR\r\n',
    );
  });
});
