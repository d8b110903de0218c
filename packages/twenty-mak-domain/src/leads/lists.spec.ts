import { describe, expect, it } from 'vitest';
import {
  changeLeadLists,
  checkLeadLists,
  LEGAL_FORMS,
  legalFormOf,
  listReader,
  MAX_LISTED,
} from './lists.ts';
import type { LeadLists } from './lists.ts';

const lists: LeadLists = {
  cities: [
    { key: 'kyiv', title: 'Київ' },
    { key: 'odesa', title: 'Одеса' },
    { key: 'c3', title: 'Луцьк' },
  ],
  niches: [
    { key: 'dental', title: 'Dentistry' },
    { key: 'Auto', title: 'Cars' },
  ],
};
const unused = { cities: new Set<string>(), niches: new Set<string>() };

function codeOf(decision: ReturnType<typeof checkLeadLists>): unknown {
  return decision.ok ? 'ok' : [decision.refusal.code, decision.refusal.field];
}

describe('lists of cities and niches', () => {
  it('may be as they are, and empty', () => {
    expect(checkLeadLists(lists)).toEqual({ ok: true, value: lists });
    expect(codeOf(checkLeadLists({ cities: [], niches: [] }))).toBe('ok');
  });

  it.each([
    [{ ...lists, cities: [{ key: '1', title: 'One' }] }, ['key_invalid', 'cities.0.key']],
    [{ ...lists, niches: [{ key: 'a', title: ' ' }] }, ['title_invalid', 'niches.0.title']],
    [
      { ...lists, cities: [...lists.cities, { key: 'k', title: 'г. Киев' }] },
      ['city_twice', 'cities.3.title'],
    ],
    [{ ...lists, cities: [{ key: 'a', title: '...' }] }, ['title_invalid', 'cities.0.title']],
  ])('are refused with a reason: %j', (wrong, expected) => {
    expect(codeOf(checkLeadLists(wrong))).toEqual(expected);
    expect(codeOf(changeLeadLists(lists, wrong, unused))).toEqual(expected);
  });

  it('name what is wrong with a city', () => {
    const decision = checkLeadLists({ ...lists, cities: [{ key: 'a', title: '...' }] });
    expect(decision).toMatchObject({ refusal: { reason: 'This is no name of a city.' } });
  });

  it('names both spellings of a city that is listed twice', () => {
    const cities = [...lists.cities, { key: 'k', title: 'Kyiv' }];
    const decision = checkLeadLists({ ...lists, cities });
    expect(decision).toMatchObject({ refusal: { reason: 'Kyiv and Київ are one city.' } });
  });

  it('are longer than lists of statuses may be, up to their own limit', () => {
    const many = (count: number): LeadLists => ({
      cities: [],
      niches: Array.from({ length: count }, (_, index) => ({
        key: `n${index}`,
        title: `N ${index}`,
      })),
    });
    expect(codeOf(checkLeadLists(many(MAX_LISTED)))).toBe('ok');
    expect(codeOf(checkLeadLists(many(MAX_LISTED + 1)))).toEqual(['too_many', 'niches']);
  });

  it('keep what leads have', () => {
    const without = { cities: lists.cities.slice(1), niches: lists.niches.slice(1) };
    expect(codeOf(changeLeadLists(lists, without, unused))).toBe('ok');
    const used = { ...unused, cities: new Set(['kyiv']) };
    expect(codeOf(changeLeadLists(lists, without, used))).toEqual(['choice_in_use', 'cities.kyiv']);
    const niche = { ...unused, niches: new Set(['dental']) };
    expect(codeOf(changeLeadLists(lists, without, niche))).toEqual([
      'choice_in_use',
      'niches.dental',
    ]);
    expect(changeLeadLists(lists, without, niche)).toMatchObject({
      refusal: { reason: 'Leads have dental. Give them another one first.' },
    });
  });
});

describe('reading texts by the lists', () => {
  const read = listReader(lists);

  it.each([
    ['kyiv', 'kyiv'],
    ['c3', 'c3'],
    ['Lutsk', 'c3'],
    ['г. Киев', 'kyiv'],
    ['Odessa', 'odesa'],
    ['Lviv', null],
    ['', null],
    ['Київ +380671234567', null],
  ])('the city %j is %j', (text, key) => {
    expect(read.city(text)).toBe(key);
  });

  it.each([
    ['dental', 'dental'],
    [' DENTISTRY ', 'dental'],
    ['auto', 'Auto'],
    ['cars', 'Auto'],
    ['shoes', null],
  ])('the niche %j is %j', (text, key) => {
    expect(read.niche(text)).toBe(key);
  });

  it('finds nothing in empty lists', () => {
    const none = listReader({ cities: [], niches: [] });
    expect([none.city('Kyiv'), none.city(''), none.niche('')]).toEqual([null, null, null]);
  });
});

describe('legal forms', () => {
  it('are known by their keys', () => {
    expect(LEGAL_FORMS.map(legalFormOf)).toEqual([...LEGAL_FORMS]);
  });

  it.each([
    ['физлицо', 'person'],
    ['физ. лицо', 'person'],
    ['Физическое лицо', 'person'],
    ['Фізична особа', 'person'],
    ['individual', 'person'],
    ['фоп', 'sole_trader'],
    ['ИП', 'sole_trader'],
    ['ЧП', 'sole_trader'],
    ['СПД', 'sole_trader'],
    ['самозанятый', 'sole_trader'],
    ['Sole trader', 'sole_trader'],
    ['family', null],
    ['', null],
  ])('%j is %j', (word, form) => {
    expect(legalFormOf(word)).toBe(form);
  });

  it.each([
    ...['ООО', 'ОАО', 'ЗАО', 'ПАО', 'АО', 'ТОВ', 'ТзОВ', 'ПП', 'ПрАТ', 'ПАТ', 'юрлицо', 'LLC'],
    ...['юр. лицо', 'юридическое лицо', 'Юридична особа', 'Ltd.', 'Inc', 'GmbH'],
  ])('%j is a company', (word) => {
    expect(legalFormOf(word)).toBe('company');
  });
});
