import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WordList } from './words.ts';

const PRODUCTS = ['GTX Basic', 'GTX Pro', 'MG Special', 'MG Advanced', 'GTX Plus Pro', 'GTK 500'];

describe('WordList', () => {
  it('finds words whatever their case and spaces', () => {
    const list = new WordList([...PRODUCTS, '', ' mg  special ']);
    expect(list.find('gtx pro')).toBe('GTX Pro');
    expect(list.find('  MG Special')).toBe('MG Special');
    expect(list.find('GTXPro')).toBeNull();
    expect(list.find('')).toBeNull();
  });

  it.each([
    ['GTXPro', 'GTX Pro'],
    ['GTX-Pro', 'GTX Pro'],
    ['MG Speciall', 'MG Special'],
    ['GTK 50', 'GTK 500'],
    ['technolgy', null],
    ['Bicycle', null],
    ['', null],
  ])('takes %j for %j', (text, word) => {
    const list = new WordList(PRODUCTS);
    expect(list.closest(text)).toBe(word);
    expect(list.closest(text)).toBe(word);
  });

  it('suggests across alphabets, and the first of equals', () => {
    expect(new WordList(['technology', 'Київ']).closest('technolgy')).toBe('technology');
    expect(new WordList(['Kyiv', 'Lviv']).closest('Київ')).toBe('Kyiv');
    expect(new WordList(['abce', 'abcd']).closest('abcf')).toBe('abce');
  });

  it('suggests nothing but listed words', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 20 }), fc.string(), (words, text) => {
        const list = new WordList(words);
        const suggestion = list.closest(text);
        expect(suggestion === null || list.find(suggestion) !== null).toBe(true);
      }),
    );
  });
});
