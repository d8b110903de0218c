import { describe, expect, it } from 'vitest';
import type { JsonObject } from './event.ts';
import { applyFields, NO_FIELDS } from './fields.ts';
import type { DealFields } from './state.ts';

const known: DealFields = {
  name: 'Radio spots',
  clientId: 'c1',
  amount: 100,
  currency: 'EUR',
  ownerId: 'u1',
  responsible: { sales: 'u2' },
  attributes: { city: 'Lviv', tags: ['a'] },
  archivedAt: 5,
};

function after(data: JsonObject, before = known): DealFields {
  return applyFields(before, { data });
}

describe('applyFields', () => {
  it('changes nothing when nothing is said', () => {
    expect(after({})).toEqual(known);
    expect(after({}, NO_FIELDS)).toEqual(NO_FIELDS);
  });

  it('takes each field', () => {
    const data = {
      name: 'TV spots',
      client_id: 'c2',
      amount: 0,
      currency: 'UAH',
      owner_id: 'u3',
      responsible: { legal: 'u4' },
      attributes: { city: null, size: 5 },
    };
    expect(after(data)).toEqual({
      name: 'TV spots',
      clientId: 'c2',
      amount: 0,
      currency: 'UAH',
      ownerId: 'u3',
      responsible: { sales: 'u2', legal: 'u4' },
      attributes: { city: null, tags: ['a'], size: 5 },
      archivedAt: 5,
    });
  });

  it('leaves out values of a wrong type', () => {
    expect(
      after({
        name: 5,
        client_id: 5,
        amount: '5',
        currency: 5,
        owner_id: 5,
        responsible: 5,
        attributes: 5,
      }),
    ).toEqual(known);
    expect(
      after({
        name: '',
        client_id: '',
        amount: 1.5,
        currency: 'eur',
        owner_id: '',
        attributes: [1],
      }),
    ).toEqual(known);
    expect(
      after({ currency: 'EURO', amount: 2 ** 53, responsible: ['u9'], attributes: null }),
    ).toEqual(known);
    expect(after({ currency: ['EUR'], responsible: 'u9', attributes: 'x' })).toEqual(known);
    expect(after({ currency: 'xEUR', responsible: { sales: 5, legal: '' } })).toEqual(known);
  });

  it('an explicit null clears client, amount, owner and a role, but not name and currency', () => {
    expect(
      after({
        name: null,
        client_id: null,
        amount: null,
        currency: null,
        owner_id: null,
        responsible: { sales: null },
      }),
    ).toEqual({
      ...known,
      clientId: null,
      amount: null,
      ownerId: null,
      responsible: {},
    });
  });

  it('with a role the owner is the person of that role', () => {
    expect(after({ role: 'legal', owner_id: 'u5' })).toEqual({
      ...known,
      responsible: { sales: 'u2', legal: 'u5' },
    });
    expect(after({ role: 'sales', owner_id: null })).toEqual({ ...known, responsible: {} });
    expect(after({ role: 'sales', owner_id: 5 })).toEqual(known);
    expect(after({ role: 'sales' })).toEqual(known);
    expect(
      after({ role: 'legal', owner_id: 'u5', responsible: { sales: 'u6' } }).responsible,
    ).toEqual({ sales: 'u6', legal: 'u5' });
    expect(after({ role: '', owner_id: 'u5' })).toEqual({ ...known, ownerId: 'u5' });
    expect(after({ role: 7, owner_id: 'u5' })).toEqual({ ...known, ownerId: 'u5' });
  });

  it('leaves out texts that are too long', () => {
    const [name, id, role] = ['n'.repeat(500), 'i'.repeat(200), 'r'.repeat(64)];
    const longest = { name, client_id: id, owner_id: id, responsible: { [role]: id } };
    expect(after(longest, NO_FIELDS)).toEqual({
      ...NO_FIELDS,
      name,
      clientId: id,
      ownerId: id,
      responsible: { [role]: id },
    });
    expect(after({ role, owner_id: id }, NO_FIELDS).responsible).toEqual({ [role]: id });
    const tooLong = {
      name: `${name}n`,
      client_id: `${id}i`,
      owner_id: `${id}i`,
      responsible: { [`${role}r`]: 'u9', sales: `${id}i` },
    };
    expect(after(tooLong)).toEqual(known);
    expect(after({ role: `${role}r`, owner_id: 'u5' })).toEqual({ ...known, ownerId: 'u5' });
  });

  it('takes no contact data into the attributes', () => {
    const contact = { email: 'ann@example.com' };
    const attributes = {
      size: 5,
      contact,
      crm: { contacts: [contact], list: [{ contact, a: 1 }] },
    };
    expect(after({ attributes }, NO_FIELDS).attributes).toEqual({
      size: 5,
      crm: { list: [{ a: 1 }] },
    });
  });

  it('does not touch what it was given, nor the prototype', () => {
    const data = JSON.parse(
      '{"attributes":{"__proto__":{"x":1}},"responsible":{"__proto__":"u9"}}',
    ) as JsonObject;
    const result = after(data);
    expect(known.attributes).toEqual({ city: 'Lviv', tags: ['a'] });
    expect(Object.getPrototypeOf(result.attributes)).toBe(Object.prototype);
    expect(Object.keys(result.responsible)).toEqual(['sales', '__proto__']);
    expect(after({}).responsible).toBe(known.responsible);
  });
});
