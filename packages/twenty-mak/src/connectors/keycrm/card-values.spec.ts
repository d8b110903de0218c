import { describe, expect, it } from 'vitest';
import type { Values } from 'twenty-mak-domain';
import { cardSchema, readAs } from './answers.ts';
import type { CardAccount } from './card-account.ts';
import {
  editCardBody,
  isUnmoved,
  makIdOf,
  newCardBody,
  storedCardValues,
  valuesOfCard,
  versionOfCard,
} from './card-values.ts';

const ID = '0192f0aa-1111-7222-8333-444455556666';
const status = (id: string, funnelId: string) => ({ id, funnelId, funnel: 'Sales', title: id });
const account: CardAccount = {
  sourceId: '7',
  statuses: [status('1000', '1'), status('1001', '1'), status('1005', '2')],
  people: new Map([
    ['6', 'ira@example.test'],
    ['7', 'petro@example.test'],
  ]),
  field: 'LD_1021',
};
const withoutField = { ...account, field: null };
const card = (more: object = {}) =>
  readAs(cardSchema, {
    id: 13_898,
    title: ' Question ',
    status_id: '1001',
    manager_id: 6,
    created_at: '2026-03-14 08:30:00',
    updated_at: '2026-03-14T09:00:00.000000Z',
    contact: { id: 4_411, full_name: 'Olena', email: ['o@example.test'], phone: null },
    ...more,
  });
const there = (_kind: string, id: unknown): string | null => (id === 'anna' ? '23' : null);
const here = (_kind: string, id: unknown) => (id === '23' ? 'anna' : null);

describe('a card', () => {
  it('is a deal with both forms of instants, ids as texts and lists as one text', () => {
    const view = { here, shownId: ID, isUnmoved: false };
    const about = card({ contact: { id: 1, client: { id: 23 } } });
    expect(valuesOfCard(about, account, view)).toEqual({
      id: ID,
      name: 'Question',
      owner: 'ira@example.test',
      contact: 'anna',
      status: '1001',
    });
    expect(valuesOfCard(card({ manager_id: null }), account, view)).toMatchObject({ owner: null });
    // Who was removed there is not nobody.
    const removed = valuesOfCard(card({ manager_id: 9 }), account, view);
    expect(removed).toMatchObject({ owner: 'user 9 of KeyCRM' });
    const unmoved = { ...view, isUnmoved: true };
    expect(valuesOfCard(card(), account, unmoved)).toMatchObject({ contact: null, status: null });
  });

  it('has not been moved while its status is as old as the card itself', () => {
    expect(isUnmoved(card())).toBe(true);
    expect(isUnmoved(card({ status_changed_at: '2026-03-14 08:30:01' }))).toBe(true);
    expect(isUnmoved(card({ status_changed_at: '2026-03-14T08:30:02.000000Z' }))).toBe(false);
  });

  it('carries the id of its deal in the field of the account, or in its comment', () => {
    const carrying = card({
      custom_fields: [{ uuid: 'LD_1021', value: ID }],
      manager_comment: 'master_deal_id: 0192f0aa-9999-7222-8333-444455556666 by hand',
    });
    expect(makIdOf(carrying, account)).toBe(ID);
    expect(makIdOf(carrying, withoutField)).toBe('0192f0aa-9999-7222-8333-444455556666');
    expect(makIdOf(card({ manager_comment: `says ${ID}` }), withoutField)).toBeNull();
    const other = card({ custom_fields: [{ uuid: 'LD_1021', value: 'abc' }] });
    expect(makIdOf(other, account)).toBeNull();
  });

  it('has another version after each change of what we look at', () => {
    const changes = [
      {},
      { title: 'Other' },
      { status_id: 1_000 },
      { manager_id: null },
      { contact: { id: 4_411, client_id: 23 } },
      { updated_at: '2026-03-14 09:00:01' },
      { custom_fields: [{ uuid: 'LD_1021', value: ID }] },
    ];
    const versions = changes.map((change) => versionOfCard(card(change), account));
    expect(new Set(versions).size).toBe(changes.length);
  });
});

describe('values of a card', () => {
  it('are stored with a title that is trimmed and cut', () => {
    const title = storedCardValues({ name: `  ${'x'.repeat(300)}`, owner: null });
    expect(title).toEqual({ name: 'x'.repeat(255), owner: null });
    expect(storedCardValues({ name: ' ' })).toEqual({ name: null });
  });
});

describe('what a card is written with', () => {
  it('names the funnel of its status, and goes without whom KeyCRM does not know', () => {
    const values = { name: 'Deal', owner: 'x@example.test', contact: 'nobody', status: '1005' };
    expect(newCardBody(ID, values, account, there)).toEqual({
      title: 'Deal',
      source_id: 7,
      pipeline_id: 2,
      contact: { full_name: 'Deal' },
      custom_fields: [{ uuid: 'LD_1021', value: ID }],
    });
    const known = { name: 'Deal', owner: 'petro@example.test', contact: 'anna' };
    expect(newCardBody(ID, known, withoutField, there)).toEqual({
      title: 'Deal',
      source_id: 7,
      pipeline_id: 1,
      manager_id: 7,
      contact: { client_id: 23 },
      manager_comment: `master_deal_id: ${ID}`,
    });
  });

  it.each<[string, Values, object, string]>([
    ['a status that is gone', { status: '9' }, {}, 'unknown_status'],
    ['somebody who is nobody there', { owner: 'x@example.test' }, {}, 'unknown_member'],
    ['a contact who is not there', { contact: 'nobody' }, {}, 'unknown_record'],
    [
      'no contact in place of one',
      { contact: null },
      { contact: { id: 1, client_id: 23 } },
      'fixed_there',
    ],
  ])('is refused with %s', (_what, values, before, code) => {
    expect(editCardBody(values, card(before), account, there)).toMatchObject({ code });
  });

  it('never has products, and only what is to change', () => {
    const values = { id: ID, name: 'Deal', owner: null, contact: 'anna', status: '1000' };
    expect(editCardBody(values, card(), account, there)).toEqual({
      title: 'Deal',
      manager_id: null,
      client_id: 23,
      status_id: 1_000,
      custom_fields: [{ uuid: 'LD_1021', value: ID }],
    });
    expect(editCardBody({ id: ID, contact: null }, card(), withoutField, there)).toEqual({});
  });
});
