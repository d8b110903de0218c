import { expect, it } from 'vitest';
import { SCOPES } from '../../parts/access/access-texts.ts';
import { sectionsOf } from './permission-sections.ts';

it('puts every permission into one section, and those that nobody knows at the end', () => {
  const sections = sectionsOf(['deals:read', 'moon:visit', ...SCOPES.slice(1)]);
  const keys = sections.flatMap((section) => section.keys);
  expect(new Set(keys).size).toBe(keys.length);
  expect(sections.at(-1)).toEqual({ section: 'other', keys: ['moon:visit'] });
  expect(sections[0]?.keys).toContain('deals:read');
});

it('leaves out sections of which the server has nothing', () => {
  expect(sectionsOf(['wallet:read'])).toEqual([{ section: 'wallet', keys: ['wallet:read'] }]);
});
