import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectEncoding } from './encoding.ts';

const utf8 = (text: string): Uint8Array =>
  Uint8Array.from(encodeURIComponent(text).match(/%..|./g) ?? [], (unit) =>
    unit.length === 3 ? Number.parseInt(unit.slice(1), 16) : unit.charCodeAt(0),
  );
/** Letters of Windows-1251 that do not stand in the order of Unicode, and two signs. */
const APART = new Map(
  Object.entries({
    ...{ Ґ: 0xa5, Ё: 0xa8, Є: 0xaa, Ї: 0xaf, І: 0xb2, і: 0xb3, ґ: 0xb4, ё: 0xb8, є: 0xba },
    ...{ ї: 0xbf, '«': 0xab, '»': 0xbb },
  }),
);
const windows = (text: string): Uint8Array =>
  Uint8Array.from(text, (letter) => {
    const code = letter.charCodeAt(0);
    return APART.get(letter) ?? (code >= 0x410 && code <= 0x44f ? code - 0x350 : code);
  });
/** Whether a strict decoder takes the bytes. */
function isStrictUtf8(bytes: readonly number[]): boolean {
  try {
    decodeURIComponent(bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
    return true;
  } catch {
    return false;
  }
}
const detect = (bytes: readonly number[] | Uint8Array, whole = true) =>
  detectEncoding(Uint8Array.from(bytes), whole);
const found = (encoding: string, certain = true, mark = 0) => ({
  ok: true,
  value: { encoding, mark, certain },
});

describe('detectEncoding', () => {
  it('believes a mark', () => {
    expect(detect([0xef, 0xbb, 0xbf, 0x41])).toEqual(found('utf-8', true, 3));
    expect(detect([0xff, 0xfe, 0x41, 0])).toEqual(found('utf-16le', true, 2));
    expect(detect([0xfe, 0xff, 0, 0x41])).toEqual(found('utf-16be', true, 2));
    expect(detect([0xef, 0xbb])).toEqual(found('windows-1251', false));
  });

  it('is no text with a zero in it', () => {
    expect(detect([0x50, 0x4b, 3, 4, 0])).toEqual({
      ok: false,
      refusal: {
        code: 'file_not_text',
        reason: 'This is no text. Send CSV, or a workbook as .xlsx.',
        field: 'file',
      },
    });
  });

  it('knows UTF-8, also cut anywhere', () => {
    const bytes = utf8('имя;ї€𝄞\u0800\ud7ff\ue000\uffff\u{10ffff}\u{40000}');
    for (let length = 0; length <= bytes.length; length += 1)
      expect(detect(bytes.subarray(0, length), false)).toEqual(found('utf-8'));
    expect(detect(bytes)).toEqual(found('utf-8'));
    expect(detect([])).toEqual(found('utf-8'));
  });

  it.each([[[0xd0]], [[0xe2, 0x82]], [[0xf0, 0x9d, 0x84]]])(
    'is none when the whole file ends within a character: %j',
    (bytes) => {
      expect(detect(bytes, true)).toMatchObject({ value: { encoding: 'windows-1251' } });
      expect(detect(bytes, false)).toEqual(found('utf-8'));
    },
  );

  it.each([
    ['a rest without a beginning', [0x80]],
    ['a rest without a beginning', [0x41, 0xbf, 0x41]],
    ['a needless second byte', [0xc0, 0x80]],
    ['a needless second byte', [0xc1, 0xbf]],
    ['a needless third byte', [0xe0, 0x9f, 0xbf]],
    ['half of a pair', [0xed, 0xa0, 0x80]],
    ['a needless fourth byte', [0xf0, 0x8f, 0xbf, 0xbf]],
    ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
    ['beyond Unicode', [0xf5, 0x80, 0x80, 0x80]],
    ['a beginning in place of a rest', [0xe2, 0x82, 0xc0]],
    ['ASCII in place of a rest', [0xd0, 0x41]],
    ['ASCII in place of a rest, at the cut', [0xe2, 0x41]],
  ])('is not UTF-8 with %s: %j', (_, bytes) => {
    expect(detect(bytes, false)).toMatchObject({ value: { encoding: 'windows-1251' } });
  });

  it.each(['Иван Петров;Киев', 'Їжак Ґонта, Євпаторія', 'name;город'])(
    'knows Windows-1251: %s',
    (text) => {
      expect(detect(windows(text))).toEqual(found('windows-1251'));
    },
  );

  it('counts the letters of Ukrainian', () => {
    for (const letter of 'ґёєії') expect(detect(windows(letter))).toEqual(found('windows-1251'));
  });

  it('knows the large letters of Ukrainian from signs', () => {
    for (const letter of 'ҐЁЄІЇ') {
      expect(detect(windows(`${letter}аа`))).toEqual(found('windows-1251'));
      expect(detect(windows(`${letter}а`))).toEqual(found('windows-1251', false));
    }
  });

  it.each([
    ['large letters only', [...windows('ИВАН')]],
    ['as many large as small', [...windows('Ив')]],
    ['KOI8-R', [0xe9, 0xd7, 0xc1, 0xce, 0x20, 0xf0, 0xc5, 0xd4, 0xd2, 0xcf, 0xd7]],
    ['DOS', [0x88, 0xa2, 0xa0, 0xad, 0xe0, 0xe1]],
    ['signs', [...windows('«»')]],
    ['more than a tenth of signs', [...windows('аааааааа«')]],
  ])('is not certain of %s', (_, bytes) => {
    expect(detect(bytes)).toEqual(found('windows-1251', false));
  });

  it('is certain with a tenth of signs', () => {
    expect(detect(windows('ааааааааа«'))).toEqual(found('windows-1251'));
  });

  it('says UTF-8 of what a strict decoder takes, and of nothing else', () => {
    const byte = fc.oneof(
      fc.constantFrom(0x41, 0x80, 0x90, 0xa0, 0xbf, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4),
      fc.integer({ min: 1, max: 255 }),
    );
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 6 }), (list) => {
        fc.pre(!(list[0] === 0xff && list[1] === 0xfe) && !(list[0] === 0xfe && list[1] === 0xff));
        const detected = detect(list);
        expect(detected.ok && detected.value.encoding).toBe(
          isStrictUtf8(list) ? 'utf-8' : 'windows-1251',
        );
      }),
      { numRuns: 400 },
    );
  });
});
