import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText, MAX_CONTACT_WAYS, readContact, readEmail, readPhone } from './contact.ts';
import type { ContactDraft } from './contact.ts';
import { NOBODY, readUkrainian } from './fixtures.ts';

const RULES = { readPhone: readUkrainian, country: 'UA' };

describe('readPhone', () => {
  it.each([
    ['067 123-45-67', '+380671234567'],
    ['+380 (67) 123 45 67', '+380671234567'],
    ['０６７１２３４５６７', '+380671234567'],
    ['\u200e+380671234567\u00a0', '+380671234567'],
  ])('%s is %s', (text, number) => {
    expect(readPhone(text, RULES)).toEqual({ ok: true, value: number });
  });

  it.each(['', 'call me', '12345'])('refuses %j', (text) => {
    expect(readPhone(text, RULES)).toEqual({
      ok: false,
      refusal: {
        code: 'phone_invalid',
        reason: 'This is no telephone number of UA, nor one with a country code such as +380.',
        field: 'phone',
      },
    });
  });

  it('asks in the country of the rules', () => {
    expect(readPhone('0671234567', { ...RULES, country: 'PL' })).toMatchObject({
      refusal: {
        reason: 'This is no telephone number of PL, nor one with a country code such as +380.',
      },
    });
  });

  it.each([
    '380671234567',
    '+080671234567',
    '+123456',
    '+1234567890123456',
    ' +380671234567',
    '+38067123456x',
  ])('trusts no library that gives %j for E.164', (number) => {
    expect(readPhone('1', { readPhone: () => number, country: 'UA' }).ok).toBe(false);
  });

  it.each(['+1234567', '+123456789012345'])('takes %s', (number) => {
    expect(readPhone('1', { readPhone: () => number, country: 'UA' }).ok).toBe(true);
  });
});

describe('readEmail', () => {
  it.each([
    [' Name@Example.COM ', 'name@example.com'],
    ['Ім’я <a.b+tag@пошта.укр>', 'a.b+tag@пошта.укр'],
    ['mailto:a@b.co', 'a@b.co'],
    ['MAILTO:a@b.co', 'a@b.co'],
    ['a@xn--80a.xn--p1ai', 'a@xn--80a.xn--p1ai'],
    ["o'neil@x-y.example", "o'neil@x-y.example"],
    [`${'a'.repeat(64)}@b.co`, `${'a'.repeat(64)}@b.co`],
    [`a@${'b'.repeat(63)}.co`, `a@${'b'.repeat(63)}.co`],
  ])('%s is %s', (text, email) => expect(readEmail(text)).toEqual({ ok: true, value: email }));

  it.each([
    ...[
      '',
      'a',
      'a@b',
      '@b.co',
      'a@b.c',
      'a@-b.co',
      'a@b-.co',
      'a@b..co',
      'a b@c.de',
      'a@b@c.de',
      'a@b.co x',
    ],
    ...['<a@b.co', 'a@mailto:b.co', 'a,b@c.de', `${'a'.repeat(65)}@b.co`, `a@${'b'.repeat(64)}.co`],
    `a@${'b.'.repeat(126)}co`,
    '<a@b.co> x',
  ])('refuses %j', (text) => {
    expect(readEmail(text, 'emails.0')).toEqual({
      ok: false,
      refusal: {
        code: 'email_invalid',
        reason: 'This is no e-mail address such as name@example.com.',
        field: 'emails.0',
      },
    });
  });

  it('takes 254 characters and not one more', () => {
    const longest = `${'a'.repeat(64)}@${'b.'.repeat(93)}com`;
    expect(longest).toHaveLength(254);
    expect(readEmail(longest).ok).toBe(true);
    expect(readEmail(longest.replace('com', 'comm')).ok).toBe(false);
    expect(readEmail('x')).toMatchObject({ refusal: { field: 'email' } });
  });
});

describe('readContact', () => {
  const read = (draft: ContactDraft) => readContact(draft, RULES);

  it('gives one spelling of all that is known', () => {
    expect(
      read({
        name: ' Іван\u0301  Петренко\n',
        phones: ['0671234567', '', '+380671234567', '+48123456789'],
        emails: ['A@b.co', ' ', 'a@b.co'],
        city: 'Київ',
      }),
    ).toEqual({
      contact: {
        name: 'Іва\u043d\u0301 Петренко'.normalize('NFKC'),
        phones: ['+380671234567', '+48123456789'],
        emails: ['a@b.co'],
        city: 'Київ',
      },
      refusals: [],
    });
  });

  it('leaves out what is wrong, and tells all of it', () => {
    const { contact, refusals } = read({
      name: 'x'.repeat(201),
      phones: ['1', '0671234567', '2'],
      emails: ['a'],
      city: 'y'.repeat(201),
    });
    expect(contact).toEqual({ ...NOBODY, phones: ['+380671234567'] });
    expect(refusals.map(({ code, field }) => [code, field])).toEqual([
      ['text_too_long', 'name'],
      ['phone_invalid', 'phones.0'],
      ['phone_invalid', 'phones.2'],
      ['email_invalid', 'emails.0'],
      ['text_too_long', 'city'],
    ]);
    expect(refusals[0]?.reason).toBe('At most 200 characters are allowed here.');
  });

  it('takes texts of 200 characters', () => {
    expect(read({ name: 'x'.repeat(200) }).refusals).toEqual([]);
  });

  it.each([
    {},
    { name: ' ', city: 'Київ' },
    { name: null, city: null },
    { emails: [''], phones: [] },
  ])('needs somebody: %j', (draft) => {
    expect(read(draft).refusals).toEqual([
      {
        code: 'contact_missing',
        reason: 'A lead needs a name, a telephone number or an e-mail address.',
        field: 'name',
      },
    ]);
  });

  it.each([{ name: 'x' }, { phones: ['0671234567'] }, { emails: ['a@b.co'] }])(
    'is enough: %j',
    (draft) => {
      expect(read(draft).refusals).toEqual([]);
    },
  );

  it('keeps so many numbers and no more', () => {
    const phones = Array.from(
      { length: MAX_CONTACT_WAYS + 1 },
      (_, index) => `+3800000000${10 + index}`,
    );
    expect(read({ phones: phones.slice(1) }).refusals).toEqual([]);
    const { contact, refusals } = read({ phones });
    expect(contact.phones).toEqual(phones.slice(0, -1));
    expect(refusals).toEqual([
      { code: 'too_many', reason: 'A lead has at most 20 of them.', field: 'phones' },
    ]);
    expect(read({ emails: phones }).refusals[0]).toMatchObject({
      code: 'too_many',
      field: 'emails',
    });
  });
});

describe('cleanText', () => {
  it.each([
    ['\u200bа\u00ad б\t\n в\u2003', 'а б в'],
    ['ﬁ', 'fi'],
    ['', ''],
  ])('%j is %j', (text, clean) => expect(cleanText(text)).toBe(clean));

  it('looks at what is clean no other than at the rest', () => {
    const letters = Array.from({ length: 0x500 }, (_, code) => String.fromCharCode(code));
    const texts = fc.string({ unit: fc.constantFrom(...letters, '  ', 'ﬁ'), maxLength: 6 });
    // A soft hyphen is no part of a clean text, and is taken away.
    for (const letter of letters) expect(cleanText(letter)).toBe(cleanText(`${letter}\u00ad`));
    fc.assert(
      fc.property(texts, (text) => {
        expect(cleanText(text)).toBe(cleanText(`${text}\u00ad`));
      }),
    );
  });

  it('says the same of what is clean', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        expect(cleanText(cleanText(text))).toBe(cleanText(text));
      }),
    );
  });
});
