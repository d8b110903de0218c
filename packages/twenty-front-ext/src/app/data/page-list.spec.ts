import { describe, expect, it } from 'vitest';
import { isSameList, readAnew, withFirstPage, withNextPage } from './page-list.ts';

const pageOf = (ids: string, endCursor: string | null) => ({
  nodes: Array.from(ids, (id) => ({ id })),
  pageInfo: { endCursor, hasNextPage: endCursor !== null },
});

describe('the first page read anew', () => {
  it('stands in place of the rows that it covers, and later pages stay', () => {
    expect(withFirstPage(pageOf('abcdef', 'f'), pageOf('nabc', 'c'))).toEqual(
      pageOf('nabcdef', 'f'),
    );
  });

  it('is all there is when nothing comes after it', () => {
    expect(withFirstPage(pageOf('abc', null), pageOf('ab', null))).toEqual(pageOf('ab', null));
    expect(withFirstPage(pageOf('a', null), pageOf('', null))).toEqual(pageOf('', null));
  });

  it('is all that is known when too much has happened', () => {
    expect(withFirstPage(pageOf('abcd', 'd'), pageOf('xyz', 'z'))).toEqual(pageOf('xyz', 'z'));
  });

  it('shows no row twice', () => {
    expect(withFirstPage(pageOf('abcde', 'e'), pageOf('dab', 'b'))).toEqual(pageOf('dabce', 'e'));
  });
});

describe('the next page', () => {
  it('follows what is shown, and no row is shown twice', () => {
    expect(withNextPage(pageOf('abc', 'c'), pageOf('cde', null))).toEqual(pageOf('abcde', null));
  });

  it('belongs to the list only when nothing but its beginning is another', () => {
    expect(isSameList({ text: 'a', after: 'c' }, { text: 'a', after: null })).toBe(true);
    expect(isSameList({ sort: 'name', text: 'a' }, { text: 'a', sort: 'name' })).toBe(true);
    expect(isSameList({ text: 'a', client: undefined }, { text: 'a' })).toBe(true);
    expect(isSameList({ text: 'a', after: 'c' }, { text: 'b', after: 'c' })).toBe(false);
    expect(isSameList({ text: 'a' }, undefined)).toBe(false);
    expect(isSameList({ filter: { owner: 'x' } }, { filter: { owner: 'y' } })).toBe(false);
  });
});

describe('a list read anew', () => {
  const pages = new Map([
    [null, pageOf('abc', 'c')],
    ['c', pageOf('cde', 'e')],
    ['e', pageOf('fgh', null)],
  ]);
  const read = async (after: string | null) => pages.get(after) ?? pageOf('', null);

  it('has as many rows as were shown', async () => {
    expect(await readAnew(4, read)).toEqual(pageOf('abcde', 'e'));
  });

  it('ends where there are fewer by now, and begins with a page', async () => {
    expect(await readAnew(50, read)).toEqual(pageOf('abcdefgh', null));
    expect(await readAnew(0, read)).toEqual(pageOf('abc', 'c'));
  });
});
