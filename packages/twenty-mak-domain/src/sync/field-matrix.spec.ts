import { describe, expect, it } from 'vitest';
import { fieldMatrix, onlyWinner } from './field-matrix.ts';
import type { FieldAbility, FieldRule } from './field-matrix.ts';

const ABILITIES: readonly FieldAbility[] = [
  {
    field: 'stage',
    directions: ['out'],
    rule: { direction: 'out', priority: 'mak', critical: false },
  },
  {
    field: 'amount',
    directions: ['in', 'out', 'both'],
    rule: { direction: 'both', priority: 'newest', critical: true },
  },
];
const amount = (change: Partial<FieldRule>): FieldRule => ({
  field: 'amount',
  direction: 'both',
  priority: 'newest',
  critical: true,
  ...change,
});

describe('fieldMatrix', () => {
  it('is what the connector brings until a tenant changes it', () => {
    expect(fieldMatrix(ABILITIES, [])).toStrictEqual({
      ok: true,
      value: [
        { field: 'stage', direction: 'out', priority: 'mak', critical: false },
        { field: 'amount', direction: 'both', priority: 'newest', critical: true },
      ],
    });
  });

  it('takes over what a tenant wishes', () => {
    const wished = amount({ direction: 'in', priority: 'remote', critical: false });
    expect(fieldMatrix(ABILITIES, [wished])).toMatchObject({ value: [{ field: 'stage' }, wished] });
    expect(fieldMatrix(ABILITIES, [amount({ priority: 'remote' })])).toMatchObject({ ok: true });
    expect(fieldMatrix(ABILITIES, [amount({ direction: 'out', priority: 'mak' })]).ok).toBe(true);
  });

  it('keeps what restates a field, whatever a tenant wishes', () => {
    const wished = amount({ priority: 'remote' });
    const abilities = ABILITIES.map((one) => ({ ...one, restatedBy: ['stage'] }));
    expect(fieldMatrix(abilities, [wished])).toMatchObject({
      value: [{ restatedBy: ['stage'] }, { ...wished, restatedBy: ['stage'] }],
    });
  });

  it.each([
    ['unknown_field', 'fields.0.field', [amount({ field: 'colour' })]],
    ['field_twice', 'fields.1.field', [amount({}), amount({})]],
    ['direction_not_possible', 'fields.0.direction', [amount({ field: 'stage' })]],
    ['priority_without_effect', 'fields.0.priority', [amount({ direction: 'in' })]],
    ['priority_without_effect', 'fields.0.priority', [amount({ direction: 'out' })]],
    [
      'priority_without_effect',
      'fields.0.priority',
      [amount({ direction: 'out', priority: 'remote' })],
    ],
  ])('refuses with %s at %s', (code, field, changes) => {
    const decided = fieldMatrix(ABILITIES, changes);
    expect(decided).toMatchObject({ ok: false, refusal: { code, field } });
    expect(decided).toMatchSnapshot();
  });
});

it('knows who alone can win', () => {
  expect((['in', 'out', 'both'] as const).map(onlyWinner)).toEqual(['remote', 'mak', null]);
});
