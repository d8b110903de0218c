import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Direction, FieldMatrix, FieldRule, Priority } from './field-matrix.ts';
import { agreeAfter, mergeRecord, outgoing } from './merge.ts';
import type { Agreement, SideRecord, Values } from './merge.ts';

const text = JSON.stringify;
const rule = (direction: Direction, priority: Priority, critical = false): FieldRule => ({
  field: 'name',
  direction,
  priority,
  critical,
});
const both = (priority: Priority): FieldMatrix => [rule('both', priority)];
const having = (name: string | null, heard?: number): SideRecord => ({
  values: name === null ? {} : { name },
  heardAt: heard === undefined ? {} : { name: heard },
});
const agreedOn = (name: string | null): Agreement => ({
  name: { mak: text(name), remote: text(name) },
});

const merge = (
  matrix: FieldMatrix,
  agreed: Agreement,
  mak: SideRecord | null,
  remote: SideRecord | null,
) => mergeRecord(matrix, agreed, mak, remote, text);

const NOTHING = { toMak: {}, toRemote: {}, conflicts: [] };

describe('what one side changed', () => {
  it.each(['mak', 'remote', 'newest'] as const)(
    'goes to the other, whoever has priority (%s)',
    (priority) => {
      expect(merge(both(priority), agreedOn('a'), having('b'), having('a', 9))).toEqual({
        ...NOTHING,
        toRemote: { name: 'b' },
        agreed: agreedOn('a'),
      });
      expect(merge(both(priority), agreedOn('a'), having('a', 9), having('b'))).toEqual({
        ...NOTHING,
        toMak: { name: 'b' },
        agreed: agreedOn('a'),
      });
    },
  );

  it('may be that a value is gone', () => {
    expect(merge(both('newest'), agreedOn('a'), having(null), having('a')).toRemote).toEqual({
      name: null,
    });
  });

  it('is nothing when both made the same of it', () => {
    expect(merge(both('newest'), agreedOn('a'), having('b'), having('b'))).toEqual({
      ...NOTHING,
      agreed: agreedOn('b'),
    });
  });
});

describe('a difference that nobody made', () => {
  const rounded: Agreement = { name: { mak: text(' a '), remote: text('a') } };

  it('is left alone', () => {
    for (const direction of ['in', 'out', 'both'] as const)
      expect(merge([rule(direction, 'mak')], rounded, having(' a '), having('a'))).toEqual({
        ...NOTHING,
        agreed: rounded,
      });
  });

  it('ends when either side changes', () => {
    expect(merge(both('newest'), rounded, having(' a '), having('b')).toMak).toEqual({ name: 'b' });
    expect(merge(both('newest'), rounded, having('b'), having('a')).toRemote).toEqual({
      name: 'b',
    });
  });
});

describe('a field that both changed', () => {
  const conflict = (winner: 'mak' | 'remote', critical = false) => [
    { field: 'name', mak: 'm', remote: 'r', winner, critical },
  ];

  it('is what the side with priority says', () => {
    expect(merge(both('mak'), agreedOn('a'), having('m', 1), having('r', 2))).toEqual({
      toMak: {},
      toRemote: { name: 'm' },
      agreed: agreedOn('a'),
      conflicts: conflict('mak'),
    });
    expect(merge(both('remote'), agreedOn('a'), having('m', 2), having('r', 1))).toEqual({
      toMak: { name: 'r' },
      toRemote: {},
      agreed: agreedOn('a'),
      conflicts: conflict('remote'),
    });
  });

  it.each([
    [1, 2, 'remote'],
    [2, 1, 'mak'],
    [2, 2, 'mak'],
    [undefined, -5, 'remote'],
    [-5, undefined, 'mak'],
    [undefined, undefined, 'mak'],
  ] as const)('is the newest: heard of at %s and %s, %s wins', (mak, remote, winner) => {
    const merged = merge(both('newest'), agreedOn('a'), having('m', mak), having('r', remote));
    expect(merged.conflicts).toEqual(conflict(winner));
  });

  it('is told to a person when it is critical', () => {
    const matrix = [rule('both', 'mak', true)];
    expect(merge(matrix, agreedOn('a'), having('m'), having('r')).conflicts).toEqual(
      conflict('mak', true),
    );
  });
});

describe('a field that goes one way', () => {
  it('is put right where somebody changed it against the way, and that is told', () => {
    expect(merge([rule('out', 'mak')], agreedOn('a'), having('a', 1), having('r', 2))).toEqual({
      toMak: {},
      toRemote: { name: 'a' },
      agreed: agreedOn('a'),
      conflicts: [{ field: 'name', mak: 'a', remote: 'r', winner: 'mak', critical: false }],
    });
    expect(merge([rule('in', 'remote')], agreedOn('a'), having('m', 2), having('a', 1))).toEqual({
      toMak: { name: 'a' },
      toRemote: {},
      agreed: agreedOn('a'),
      conflicts: [{ field: 'name', mak: 'm', remote: 'a', winner: 'remote', critical: false }],
    });
  });

  it('goes on its way in silence', () => {
    expect(merge([rule('out', 'mak')], agreedOn('a'), having('b'), having('a')).conflicts).toEqual(
      [],
    );
    expect(
      merge([rule('in', 'remote')], agreedOn('a'), having('a'), having('b')).conflicts,
    ).toEqual([]);
  });
});

describe('two records that meet for the first time', () => {
  it('agree on equal values', () => {
    expect(merge(both('newest'), {}, having('a'), having('a'))).toEqual({
      ...NOTHING,
      agreed: agreedOn('a'),
    });
  });

  it('take a value rather than none', () => {
    expect(merge(both('remote'), {}, having('m'), having(null))).toEqual({
      ...NOTHING,
      toRemote: { name: 'm' },
      agreed: {},
    });
    expect(merge(both('mak'), {}, having(null), having('r')).toMak).toEqual({ name: 'r' });
  });

  it('follow the matrix when both have one, which is no conflict', () => {
    expect(merge(both('remote'), {}, having('m'), having('r'))).toEqual({
      ...NOTHING,
      toMak: { name: 'r' },
      agreed: {},
    });
    expect(merge(both('mak'), {}, having('m'), having('r')).toRemote).toEqual({ name: 'm' });
  });
});

describe('a value that was sent and never answered', () => {
  const late = (agreed: Agreement, mak: string, remote: string) =>
    mergeRecord(both('remote'), agreed, having(mak, 1), having(remote, 9), text, {
      name: text('sent'),
    });

  it('is not taken for a change of the remote side', () => {
    for (const before of [agreedOn('a'), {}])
      expect(late(before, 'newer', 'sent')).toEqual({
        ...NOTHING,
        toRemote: { name: 'newer' },
        agreed: agreedOn('sent'),
      });
  });

  it('is taken back when MaK went back to what it was', () => {
    expect(late(agreedOn('a'), 'a', 'sent').toRemote).toEqual({ name: 'a' });
  });

  it('says nothing of another value', () => {
    expect(late(agreedOn('a'), 'newer', 'other').toMak).toEqual({ name: 'other' });
  });

  it('is agreed on when both have it', () => {
    expect(late(agreedOn('a'), 'sent', 'sent')).toEqual({ ...NOTHING, agreed: agreedOn('sent') });
  });
});

describe('a side without a record', () => {
  const matrix: FieldMatrix = [
    { field: 'name', direction: 'both', priority: 'newest', critical: false },
    { field: 'stage', direction: 'out', priority: 'mak', critical: false },
    { field: 'phone', direction: 'in', priority: 'remote', critical: false },
    { field: 'note', direction: 'both', priority: 'newest', critical: false },
  ];
  const full: SideRecord = { values: { name: 'n', stage: 's', phone: 'p' }, heardAt: {} };

  it('gets what may go there and takes nothing away', () => {
    expect(merge(matrix, {}, full, null)).toEqual({
      ...NOTHING,
      toRemote: { name: 'n', stage: 's' },
      agreed: { note: agreedOn(null)['name'] },
    });
    expect(merge(matrix, {}, null, full)).toEqual({
      ...NOTHING,
      toMak: { name: 'n', phone: 'p' },
      agreed: { note: agreedOn(null)['name'] },
    });
  });

  it('gets all of it again when the record was deleted there', () => {
    const agreed = { name: { mak: text('n'), remote: text('n') } };
    expect(merge(matrix, agreed, full, null).toRemote).toEqual({ name: 'n', stage: 's' });
  });
});

describe('a field that another one restates', () => {
  const removal: FieldMatrix = [
    { field: 'text', direction: 'both', priority: 'newest', critical: false },
    {
      field: 'removed',
      direction: 'both',
      priority: 'newest',
      critical: true,
      restatedBy: ['text'],
    },
  ];
  const print = (value: string | boolean) => ({ mak: text(value), remote: text(value) });
  const agreed: Agreement = { text: print('a'), removed: print(false) };
  const note = (said: string, removed: boolean, heardAt: SideRecord['heardAt'] = {}) => ({
    values: { text: said, removed },
    heardAt,
  });
  const lost = (mak: boolean, winner: 'mak' | 'remote') => [
    { field: 'removed', mak, remote: !mak, winner, critical: true },
  ];

  it('is a conflict when an edit and a removal crossed; the newest holds', () => {
    const edited = note('b', false, { text: 5, removed: 1 });
    expect(merge(removal, agreed, edited, note('a', true, { text: 9, removed: 4 }))).toEqual({
      toMak: {},
      toRemote: { text: 'b', removed: false },
      agreed,
      conflicts: lost(false, 'mak'),
    });
    expect(merge(removal, agreed, edited, note('a', true, { removed: 6 }))).toEqual({
      toMak: { removed: true },
      toRemote: { text: 'b' },
      agreed,
      conflicts: lost(false, 'remote'),
    });
    expect(merge(removal, agreed, note('a', true, { removed: 4 }), edited)).toEqual({
      toMak: { text: 'b', removed: false },
      toRemote: {},
      agreed,
      conflicts: lost(true, 'remote'),
    });
  });

  it('goes on its way when the side that changed it is the one that restates it', () => {
    const merged = merge(removal, agreed, note('a', false, { text: 9 }), note('b', true));
    expect(merged).toEqual({ ...NOTHING, toMak: { text: 'b', removed: true }, agreed });
  });

  it('is heard of when either was heard of', () => {
    const there = note('b', true, { text: 7, removed: 2 });
    const here = note('c', false, { text: 5 });
    expect(merge(removal, agreed, here, there).toMak).toEqual({ text: 'b', removed: true });
  });

  it('is not restated by what the other side has seen, or what nobody changed', () => {
    const gone = { ...NOTHING, toMak: { removed: true } };
    const seen = merge(removal, agreed, note('b', false, { text: 9 }), note('b', true));
    expect(seen).toEqual({ ...gone, agreed: { ...agreed, text: print('b') } });
    const cut = { ...agreed, text: { mak: text(' a '), remote: text('a') } };
    const same = merge(removal, cut, note(' a ', false, { text: 9 }), note('a', true));
    expect(same).toEqual({ ...gone, agreed: cut });
    const first = { removed: print(false) };
    const met = merge(removal, first, note('b', false, { text: 9 }), note('c', true));
    expect(met).toMatchObject({ toMak: { removed: true }, conflicts: [] });
  });

  it('is what MaK says where MaK itself sent what is there', () => {
    const here = note('c', true, { text: 1, removed: 1 });
    const there = note('b', false, { text: 9 });
    const sentText = mergeRecord(removal, agreed, here, there, text, { text: text('b') });
    expect(sentText).toMatchObject({ toRemote: { text: 'c', removed: true }, conflicts: [] });
    const sentRemoval = mergeRecord(removal, agreed, there, here, text, { removed: text(true) });
    expect(sentRemoval).toMatchObject({ toRemote: { removed: false } });
    expect(sentRemoval.conflicts.filter(({ field }) => field === 'removed')).toEqual([]);
  });

  it('is restated by what MaK changed after it had sent something else', () => {
    const [here, there] = [note('c', false, { text: 5 }), note('b', true, { removed: 4 })];
    const merged = mergeRecord(removal, agreed, here, there, text, { text: text('b') });
    expect(merged.toRemote).toEqual({ text: 'c', removed: false });
  });
});

describe('outgoing', () => {
  const matrix: FieldMatrix = [
    { field: 'name', direction: 'both', priority: 'newest', critical: false },
    { field: 'stage', direction: 'out', priority: 'mak', critical: false },
    { field: 'phone', direction: 'in', priority: 'remote', critical: false },
  ];
  const agreed: Agreement = {
    name: { mak: text('n'), remote: text('N') },
    stage: { mak: text('lead'), remote: text('lead') },
  };

  it('is what may only go out', () => {
    expect(outgoing(matrix, agreed, { name: 'n', stage: 'offer', phone: 'p' }, text)).toEqual({
      stage: 'offer',
    });
    expect(outgoing(matrix, agreed, { name: 'n', stage: 'lead' }, text)).toEqual({});
    expect(outgoing(matrix, agreed, { name: 'n' }, text)).toEqual({ stage: null });
    expect(outgoing(matrix.slice(1), {}, { stage: 'lead' }, text)).toEqual({ stage: 'lead' });
  });

  it('is unknown without a look at the other side when a field of both changed', () => {
    expect(outgoing(matrix, agreed, { name: 'other', stage: 'offer' }, text)).toBeNull();
  });
});

it('agrees on what both sides answered after a write', () => {
  const agreed = { name: { mak: '"a"', remote: '"a"' }, stage: { mak: '"s"', remote: '"s"' } };
  expect(agreeAfter(agreed, ['name', 'note'], { name: ' b ' }, { name: 'b' }, text)).toEqual({
    ...agreed,
    name: { mak: '" b "', remote: '"b"' },
    note: { mak: 'null', remote: 'null' },
  });
});

describe('any two records', () => {
  const fields = ['a', 'b', 'c', 'd'];
  const value = fc.constantFrom(null, 'x', 'y', 'z');
  const values = fc.record(Object.fromEntries(fields.map((field) => [field, value])));
  const side = fc.record({
    values,
    heardAt: fc.record(Object.fromEntries(fields.map((field) => [field, fc.nat(3)]))),
  });
  const matrix = fc.tuple(
    ...fields.map((field) =>
      fc.record({
        field: fc.constant(field),
        direction: fc.constantFrom<Direction>('in', 'out', 'both'),
        priority: fc.constantFrom<Priority>('mak', 'remote', 'newest'),
        critical: fc.boolean(),
        restatedBy: fc.subarray(fields.filter((one) => one !== field)),
      }),
    ),
  );
  const pick = (from: Values, rules: FieldMatrix) =>
    Object.fromEntries(rules.map(({ field }) => [field, from[field] ?? null]));
  const agreement = values.map((known): Agreement =>
    Object.fromEntries(
      Object.entries(known).map(([field, one]) => [field, { mak: text(one), remote: text(one) }]),
    ),
  );

  it('are equal after both took what they should, and nothing is left to do', () => {
    fc.assert(
      fc.property(matrix, agreement, side, side, (rules, agreed, mak, remote) => {
        const first = merge(rules, agreed, mak, remote);
        const after = {
          mak: { ...mak.values, ...first.toMak },
          remote: { ...remote.values, ...first.toRemote },
        };
        expect(after.mak).toEqual(after.remote);
        const written = [...Object.keys(first.toMak), ...Object.keys(first.toRemote)];
        const settled = agreeAfter(first.agreed, written, after.mak, after.remote, text);
        const again = merge(
          rules,
          settled,
          { ...mak, values: after.mak },
          { ...remote, values: after.remote },
        );
        expect(again).toEqual({ ...NOTHING, agreed: settled });
      }),
    );
  });

  it('lose no change that only one side made where that side may change', () => {
    fc.assert(
      fc.property(matrix, values, side, (rules, before, mak) => {
        const agreed = Object.fromEntries(
          Object.entries(before).map(([field, one]) => [
            field,
            { mak: text(one), remote: text(one) },
          ]),
        );
        const { toMak, toRemote } = merge(rules, agreed, mak, { values: before, heardAt: {} });
        const changed = rules.filter(({ field }) => mak.values[field] !== before[field]);
        const allowed = changed.filter(({ direction }) => direction !== 'in');
        const refused = changed.filter(({ direction }) => direction === 'in');
        expect(toRemote).toEqual(pick(mak.values, allowed));
        expect(toMak).toEqual(pick(before, refused));
      }),
    );
  });

  it('never write a field on both sides, nor one that is equal', () => {
    fc.assert(
      fc.property(matrix, agreement, side, side, (rules, agreed, mak, remote) => {
        const { toMak, toRemote } = merge(rules, agreed, mak, remote);
        const equal = (written: Values, other: SideRecord): boolean =>
          Object.entries(written).some(([field, one]) => other.values[field] === one);
        expect(Object.keys(toMak).filter((field) => field in toRemote)).toEqual([]);
        expect(equal(toMak, mak) || equal(toRemote, remote)).toBe(false);
      }),
    );
  });
});
