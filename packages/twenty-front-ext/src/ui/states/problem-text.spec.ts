import { setupI18n } from '@lingui/core';
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasText, problemText } from './problem-text.ts';

const packages = resolve(import.meta.dirname, '../../../..');
/** Where leads, clients, files, the auction, wallets and cabinets refuse. */
const sources = globSync(
  [
    'twenty-mak-domain/src/{auction,clients,filters,imports,leads,wallet}/**/*.ts',
    'twenty-mak/src/features/{accounts,auction,cabinets,clients,imports,lead-files,leads,roles,segments,wallet}/**/*.ts',
  ],
  { cwd: packages },
).filter((file) => !/spec\.ts$|fixtures\.ts$|records\.ts$|office-leads/.test(file));

const codes = new Set(
  sources.flatMap((file) =>
    [
      ...readFileSync(resolve(packages, file), 'utf8').matchAll(
        /(?:\bcode: |\brefuse\(\s*)'([a-z_]+)'/g,
      ),
    ].map(([, code = '']) => code),
  ),
);

/** What no page can cause: refusals to programs, of what pages check themselves, and of our own mistakes. */
const NOT_FOR_PAGES = new Set([
  ...['account_twice', 'entry_unbalanced', 'hold_too_small', 'lot_not_ended', 'unknown_entry'],
  ...['lead_twice', 'lot_empty', 'not_of_these', 'not_the_buyer', 'payment_refused'],
  ...['question_missing', 'question_not_possible', 'too_deep', 'wrong_type'],
  ...['unsupported_media_type', 'invalid_contact'],
  // Pages of their own say these.
  ...['password_needed', 'sign_in_first'],
  // Rows of files are told by `useRowErrorText`.
  ...['duplicate', 'external_id_known', 'kind_differs', 'name_differs', 'several_clients'],
  'too_many_cells',
]);

describe('a refusal', () => {
  it('that a page can cause is said in the language of the person', () => {
    expect(codes.size).toBeGreaterThan(100);
    const silent = [...codes].filter((code) => !hasText(code) && !NOT_FOR_PAGES.has(code));
    expect(silent.toSorted()).toEqual([]);
  });

  it('is said in English by the server, who names what is wrong', () => {
    const refusal = { code: 'choice_in_use', reason: 'Leads have kyiv. Give them another first.' };
    const english = setupI18n({ locale: 'en', messages: { en: {} } });
    expect(problemText(english, refusal)).toBe(refusal.reason);
    const other = setupI18n({ locale: 'uk', messages: { uk: {} } });
    expect(problemText(other, refusal)).not.toBe(refusal.reason);
    expect(problemText(other, { code: 'of another version', reason: 'So.' })).toBe('So.');
  });
});
