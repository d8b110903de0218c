// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { Problem } from '../data/problem.ts';
import { BearerCredential, COOKIE, headersOf } from './session.ts';
import type { Membership, SignedIn } from './session.ts';
import { fail, inTenant, settle } from './session-state.ts';

const CHECKING = { kind: 'checking' } as const;

function membership(tenant: string, rest: Partial<Membership> = {}): Membership {
  return {
    account_id: `account-${tenant}`,
    tenant_id: `id-${tenant}`,
    tenant,
    tenant_name: tenant.toUpperCase(),
    role: 'employee',
    locale: 'en',
    totp_required: false,
    ...rest,
  };
}

function person(...tenants: Membership[]): SignedIn {
  return { id: 'p1', email: 'p1@north.example', name: 'P', totp: false, tenants };
}

describe('who is signed in', () => {
  const both = person(membership('north'), membership('south'));

  it('begins in the company that was used last, else in the first', () => {
    expect(settle(CHECKING, COOKIE, both, 'id-south')).toMatchObject({
      kind: 'signed-in',
      session: { membership: { tenant: 'south' } },
    });
    expect(settle(CHECKING, COOKIE, both, 'id-gone')).toMatchObject({
      session: { membership: { tenant: 'north' } },
    });
  });

  it('stays in the company of the open page when the same person comes back', () => {
    const open = settle(CHECKING, COOKIE, both, 'id-south');
    const ended = fail(open, new Problem('unauthenticated', '', { status: 401 }));
    expect(ended).toMatchObject({ kind: 'signed-in', expired: true });
    expect(settle(ended, COOKIE, both, 'id-north')).toMatchObject({
      expired: false,
      session: { membership: { tenant: 'south' } },
    });
  });

  it('does not take over the company of somebody else', () => {
    const open = settle(CHECKING, COOKIE, both, 'id-south');
    const other = { ...both, id: 'p2' };
    expect(settle(open, COOKIE, other, null)).toMatchObject({
      session: { user: { id: 'p2' }, membership: { tenant: 'north' } },
    });
  });

  it('is led to what is missing: an account, a second factor', () => {
    expect(settle(CHECKING, COOKIE, person(), null).kind).toBe('no-tenant');
    const admin = person(membership('north', { totp_required: true }), membership('south'));
    const locked = settle(CHECKING, COOKIE, admin, null);
    expect(locked.kind).toBe('needs-totp');
    expect(inTenant(locked, 'id-south')).toMatchObject({ kind: 'signed-in' });
  });
});

describe('a failure', () => {
  const open = settle(CHECKING, COOKIE, person(membership('north')), null);
  const offline = new Problem('offline', '');
  const unknown = new Problem('unauthenticated', '', { status: 401 });

  it('never takes an open page away', () => {
    expect(fail(open, offline)).toBe(open);
    expect(fail(open, new Problem('invalid_embed_code', '', { status: 401 }))).toBe(open);
  });

  it('tells nobody from nothing', () => {
    expect(fail(CHECKING, unknown).kind).toBe('signed-out');
    expect(fail(CHECKING, offline)).toEqual({ kind: 'unreachable', problem: offline });
  });
});

it('a new token takes the place of the old one in every later request', () => {
  const credential = new BearerCredential('one');
  expect(headersOf(credential, 'north')).toEqual({
    authorization: 'Bearer one',
    'x-tenant': 'north',
  });
  credential.renew('two');
  expect(headersOf(credential, null)).toEqual({ authorization: 'Bearer two' });
  expect(headersOf(COOKIE, null)).toEqual({});
});
