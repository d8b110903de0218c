import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { csvRow, plainCell } from './csv-cell.ts';
import { csvTable } from './csv-table.ts';
import { LIMITS } from './limits.ts';
import { chunked, rowsOf } from './spec-support.ts';

const read = (content: string | Buffer, encoding = 'utf-8', separator = ',', size?: number) =>
  rowsOf(csvTable(chunked(Buffer.from(content), size), { encoding, separator }));

describe('a table in CSV', () => {
  it.each([
    ['utf-8', ','],
    ['windows-1251', ';'],
    ['utf-16le', '\t'],
    ['utf-16be', '|'],
  ])('in %s is read, wherever it is cut', async (encoding, separator) => {
    const rows = [
      ['Имя', 'Телефон', 'Заметка'],
      ['Їжак, Ґалаґан', '+380671234567', 'две\r\nстроки'],
      ['Зоя "Z"', '', `a${separator}b`],
    ];
    const text = rows.map((row) => csvRow(row, separator)).join('');
    const bytes = iconv.encode(text, encoding, { addBOM: encoding !== 'windows-1251' });
    for (const size of [1, 7, 1_000])
      expect(await read(bytes, encoding, separator, size)).toEqual({ rows, code: null });
  });

  it('has rows of any length, and quotes inside of cells', async () => {
    const { rows, code } = await read('a,b\n1\n1,2,3\nПетров "младший",x\n\n5" nails,y\n');
    expect(code).toBeNull();
    expect(rows).toEqual([
      ['a', 'b'],
      ['1'],
      ['1', '2', '3'],
      ['Петров "младший"', 'x'],
      [''],
      ['5" nails', 'y'],
    ]);
  });

  it('is read back as it was written, whatever its cells begin with', async () => {
    const cells = ['=1+1', '+380', '-1', '@a', "'=1", "''", "it's", '\tx', '\r', ' a ', ''];
    expect(csvRow(['=1+1'])).toBe("'=1+1\r\n");
    expect((await read(csvRow(cells))).rows).toEqual([cells]);
    expect(plainCell("'Hooft")).toBe("'Hooft");
  });

  it('tells of a quotation mark that is never closed, after the rows before', async () => {
    const short = await read('a,b\n1,2\n"3,4\n5,6\n');
    expect(short).toEqual({
      rows: [
        ['a', 'b'],
        ['1', '2'],
      ],
      code: 'malformed_csv',
    });
    const long = await read(`a,b\n1,2\n"3,${'4\n'.repeat(LIMITS.rowCharacters)}`);
    expect(long.code).toBe('row_too_long');
    expect(long.rows).toHaveLength(2);
  });

  it('refuses one line without end, too many columns and another encoding', async () => {
    expect(await read(Buffer.alloc(5_000_000, 'x'))).toEqual({ rows: [], code: 'row_too_long' });
    expect((await read(`a${','.repeat(LIMITS.columns)}`)).code).toBe('too_many_columns');
    expect((await read(`a${','.repeat(LIMITS.columns - 1)}`)).code).toBeNull();
    const wrong = await read(iconv.encode('Имя,Город\n', 'windows-1251'));
    expect(wrong).toEqual({ rows: [], code: 'wrong_encoding' });
  });
});
