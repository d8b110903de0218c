import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLIENT_LIMITS, mergeClients } from './merge.ts';
import type { MergeChoices, MergedClient } from './merge.ts';

const client = (id: string, rest: Partial<MergedClient> = {}): MergedClient => ({
  id,
  kind: 'company',
  values: {},
  segments: [],
  externalRefs: [],
  attributes: {},
  archived: false,
  contacts: [],
  ...rest,
});

function merged(
  survivor: MergedClient,
  absorbed: MergedClient,
  choices?: MergeChoices,
): MergedClient {
  const decided = mergeClients(survivor, absorbed, choices);
  if (!decided.ok) throw new Error(decided.refusal.code);
  return decided.value;
}

describe('one client of two', () => {
  it('has the values of the survivor, and of the other one what the survivor lacks', () => {
    const stays = client('a', { values: { name: 'Old', size: null, industry: 'it', key: false } });
    const goes = client('b', { values: { name: 'New', size: 'xl', industry: null, key: true } });
    expect(merged(stays, goes)).toMatchObject({
      id: 'a',
      kind: 'company',
      values: { name: 'Old', size: 'xl', industry: 'it', key: false },
    });
  });

  it('has what was chosen, also when that is nothing', () => {
    const stays = client('a', { values: { name: 'Old', size: null, industry: 'it' } });
    const goes = client('b', { values: { name: 'New', size: 'xl', industry: null } });
    const values = { name: 'absorbed', size: 'survivor', industry: 'absorbed' } as const;
    expect(merged(stays, goes, { values }).values).toEqual({
      name: 'New',
      size: null,
      industry: null,
    });
  });

  it('has the attributes of both, and of one that both have the chosen value', () => {
    const stays = client('a', { attributes: { tier: 1, city: 'Kyiv', own: true } });
    const goes = client('b', { attributes: { tier: 2, city: 'Lviv', theirs: true } });
    const { attributes } = merged(stays, goes, { attributes: { tier: 'absorbed' } });
    expect(attributes).toEqual({ tier: 2, city: 'Kyiv', own: true, theirs: true });
    const chosen = merged(stays, goes, { attributes: { own: 'absorbed', theirs: 'survivor' } });
    expect(chosen.attributes).toEqual({ tier: 1, city: 'Kyiv' });
  });

  it('is in the segments of both, or of the chosen one', () => {
    const [stays, goes] = [
      client('a', { segments: ['x', 'y'] }),
      client('b', { segments: ['y', 'z'] }),
    ];
    expect(merged(stays, goes).segments).toEqual(['x', 'y', 'z']);
    expect(merged(stays, goes, { segments: 'both' }).segments).toEqual(['x', 'y', 'z']);
    expect(merged(stays, goes, { segments: 'survivor' }).segments).toEqual(['x', 'y']);
    expect(merged(stays, goes, { segments: 'absorbed' }).segments).toEqual(['y', 'z']);
  });

  it('keeps every outer id, whatever is chosen', () => {
    const [crm, ads] = [
      { system: 'crm', id: '1' },
      { system: 'ads', id: '1' },
    ];
    const both = merged(
      client('a', { externalRefs: [crm] }),
      client('b', { externalRefs: [ads, crm] }),
    );
    expect(both.externalRefs).toEqual([crm, ads]);
  });

  it('is archived only if both were', () => {
    for (const [one, other] of [
      [true, true],
      [true, false],
      [false, true],
      [false, false],
    ] as const)
      expect(
        merged(client('a', { archived: one }), client('b', { archived: other })).archived,
      ).toBe(one && other);
  });

  it('has the people of both, each once', () => {
    const zoe = { person: 'zoe', position: null, details: { name: 'Zoe' }, joined: [] };
    const { contacts } = merged(
      client('a', { contacts: [{ id: '1', ...zoe }] }),
      client('b', { contacts: [{ id: '2', ...zoe }] }),
    );
    expect(contacts).toEqual([{ id: '1', ...zoe, joined: ['2'] }]);
  });

  it('does not become another one when it is merged by the same choices again', () => {
    const values = fc.record({
      name: fc.string({ minLength: 1 }),
      size: fc.option(fc.constantFrom('s', 'm')),
    });
    const any = (id: string) =>
      fc
        .record({
          values,
          segments: fc.uniqueArray(fc.constantFrom('x', 'y', 'z')),
          attributes: fc.dictionary(fc.constantFrom('p', 'q'), fc.integer()),
          archived: fc.boolean(),
        })
        .map((rest) => client(id, rest));
    const side = fc.constantFrom('survivor' as const, 'absorbed' as const);
    const chosen = fc.record(
      {
        values: fc.record({ name: side, size: side }, { requiredKeys: [] }),
        attributes: fc.dictionary(fc.constantFrom('p', 'q'), side),
        segments: fc.constantFrom('both' as const, 'survivor' as const, 'absorbed' as const),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(any('a'), any('b'), chosen, (stays, goes, choices) => {
        const once = merged(stays, goes, choices);
        expect(once.values['name']).not.toBeNull();
        expect(merged(once, goes, choices)).toEqual(once);
      }),
    );
  });
});

describe('no client is made', () => {
  const codeOf = (one: MergedClient, other: MergedClient): unknown => {
    const decided = mergeClients(one, other);
    return decided.ok ? null : [decided.refusal.code, decided.refusal.field];
  };

  it('of one and itself', () => {
    expect(codeOf(client('a'), client('a'))).toEqual(['merge_with_itself', 'into.id']);
  });

  it('of a company and a person', () => {
    expect(codeOf(client('a'), client('b', { kind: 'person' }))).toEqual([
      'kinds_differ',
      'into.id',
    ]);
    expect(codeOf(client('a', { kind: 'person' }), client('b', { kind: 'person' }))).toBeNull();
  });

  it.each(['contacts', 'segments', 'externalRefs'] as const)('that has too many %s', (field) => {
    const some = (from: number, count: number): Partial<MergedClient> => {
      const names = Array.from({ length: count }, (_, index) => `${from + index}`);
      return {
        segments: field === 'segments' ? names : [],
        externalRefs: field === 'externalRefs' ? names.map((id) => ({ system: 'crm', id })) : [],
        contacts:
          field === 'contacts'
            ? names.map((id) => ({
                ...{ id, person: id, position: null, details: null, joined: [] },
              }))
            : [],
      };
    };
    const limit = CLIENT_LIMITS[field];
    const full = client('a', some(0, limit));
    expect(codeOf(full, client('b', some(limit, 1)))).toEqual(['merge_too_large', 'into.id']);
    expect(codeOf(client('a', some(0, limit - 1)), client('b', some(limit, 1)))).toBeNull();
    const decided = mergeClients(full, client('b', some(limit, 1)));
    expect(decided.ok ? '' : decided.refusal.reason).toContain(`${limit + 1} `);
  });
});
