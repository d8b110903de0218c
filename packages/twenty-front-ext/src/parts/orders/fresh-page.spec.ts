import { describe, expect, it } from 'vitest';
import { withFirstPage } from './fresh-page.ts';

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
