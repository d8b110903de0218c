import { describe, expect, it } from 'vitest';
import { recordNamedBy } from './refusal-texts.ts';

const ID = '0192f0aa-1111-7222-8333-444455556666';

describe('the record that a reason names', () => {
  it.each([
    ['lead_exists', `MaK has such a lead already (${ID}), and the rules let no second one in.`, ID],
    ['lead_known_there', "amoCRM's control of duplicates took it for its lead 4711.", '4711'],
    ['lead_exists', 'MaK has such a lead already.', null],
    ['name_too_long', 'The name is too long: at most 500 characters.', null],
  ])('of %s is told beside our own words', (code, reason, named) => {
    expect(recordNamedBy({ code, reason })).toBe(named);
  });
});
