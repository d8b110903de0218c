import { describe, expect, it } from 'vitest';
import { withFirstPage } from './use-newest-first.ts';

const page = (lines: string, cursor: string | null) => ({ lines: [...lines], cursor });
const merged = (known: string, fresh: string) =>
  withFirstPage(page(known, 'old'), page(fresh, 'new'), (line) => line);

describe('withFirstPage', () => {
  it('puts new lines first and keeps older pages', () => {
    expect(merged('cba', 'edc')).toEqual(page('edcba', 'old'));
    expect(merged('cba', 'cxb')).toEqual(page('cxba', 'old'));
  });

  it('begins anew when too much happened, or nothing is left', () => {
    expect(merged('cba', 'zyx')).toEqual(page('zyx', 'new'));
    expect(merged('cba', 'cba')).toEqual(page('cba', 'new'));
    expect(merged('cba', '')).toEqual(page('', 'new'));
    expect(merged('', 'ba')).toEqual(page('ba', 'new'));
  });
});
