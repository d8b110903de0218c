import { describe, expect, it } from 'vitest';
import { isSameWay, rowOfPerson } from './office-lead-values.ts';
import { partySchema } from './party-values.ts';
import type { Party } from './party-values.ts';

const contact = (phones: readonly string[], emails: readonly string[] = []): Party =>
  partySchema.parse({
    ...{ id: 1, name: 'Anna Koval', updated_at: 1 },
    custom_fields_values: [
      { field_id: 1, field_code: 'PHONE', values: phones.map((value) => ({ value })) },
      { field_id: 2, field_code: 'EMAIL', values: emails.map((value) => ({ value })) },
    ],
  });

/** What the row leaves of numbers and addresses. */
const left = (row: object): unknown =>
  'custom_fields_values' in row && Array.isArray(row.custom_fields_values)
    ? row.custom_fields_values.map(({ values }: { values: readonly { value: string }[] | null }) =>
        values?.map(({ value }) => value),
      )
    : null;

describe('the contact of a lead', () => {
  it('loses the numbers and addresses that MaK took in and has no more, and no others', () => {
    const before = contact(
      ['+380671112233', '+380501112233', '+12', '+380 44 12', '067 555 44 33', 'ask Olha'],
      ['anna@north.example', 'old@north.example', 'anna@'],
    );
    const row = rowOfPerson({ phones: ['+380671112233'], emails: ['anna@north.example'] }, before);
    expect(left(row)).toEqual([
      ['+380671112233', '+12', '+380 44 12', '067 555 44 33', 'ask Olha'],
      ['anna@north.example', 'anna@'],
    ]);
  });

  it('keeps what is beyond those that a lead has at most', () => {
    const many = Array.from({ length: 23 }, (_, index) => `+3806711122${index + 10}`);
    expect(left(rowOfPerson({ phones: many.slice(1, 20) }, contact(many)))).toEqual([
      many.slice(1),
    ]);
  });

  it('that was somebody else before keeps the name and all there is, and gets what is missing', () => {
    const before = contact(['+380501112233'], ['anna@north.example']);
    const values = {
      person: 'Olha Bila',
      phones: ['+380671112233'],
      emails: ['anna@north.example'],
    };
    const row = rowOfPerson(values, before, false);
    expect(row).not.toHaveProperty('first_name');
    expect(left(row)).toEqual([['+380671112233', '+380501112233'], ['anna@north.example']]);
    expect(rowOfPerson(values, before)).toMatchObject({ first_name: 'Olha', last_name: 'Bila' });
  });

  it('is found by a number however people write it', () => {
    expect(isSameWay('phone', '8 (050) 222-33-44', '+380502223344')).toBe(true);
    expect(isSameWay('phone', '+48 502 223 344', '+380502223344')).toBe(false);
    expect(isSameWay('phone', '2223344', '+380502223344')).toBe(false);
    expect(isSameWay('email', ' Anna@North.example', 'anna@north.example')).toBe(true);
  });
});
