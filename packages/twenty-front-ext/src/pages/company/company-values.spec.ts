import { describe, expect, it } from 'vitest';
import type { CompanyFieldsFragment } from '../../generated/graphql.ts';
import { inputOf, trimmed, valuesOf } from './company-values.ts';

const tenant: CompanyFieldsFragment = {
  id: '1',
  name: 'Agency',
  currency: 'EUR',
  timeZone: 'UTC',
  locale: 'en',
  languages: ['en', 'uk'],
  workingCalendar: null,
  escalation: true,
  twentyUrl: null,
  registrationOpen: true,
  privacyUrl: null,
  companyTotp: false,
  version: 4,
};
const office = {
  name: 'office',
  calendar: { kind: 'working', timeZone: 'UTC', week: { 1: [{ from: '09:00', to: '18:00' }] } },
};

describe('valuesOf', () => {
  it('reads the calendar, and nothing that is none', () => {
    expect(valuesOf({ ...tenant, workingCalendar: office }).workingCalendar).toEqual(office);
    for (const workingCalendar of [null, 'x', {}, { name: 'a' }, { name: 'a', calendar: {} }])
      expect(valuesOf({ ...tenant, workingCalendar }).workingCalendar).toBeNull();
  });
});

describe('inputOf', () => {
  it('sends what was changed; an empty address is none', () => {
    expect(inputOf(4, { twentyUrl: '', name: 'New' })).toEqual({
      name: 'New',
      twentyUrl: null,
      version: 4,
    });
    expect(inputOf(4, { twentyUrl: 'https://a.b', workingCalendar: null })).toEqual({
      twentyUrl: 'https://a.b',
      workingCalendar: null,
      version: 4,
    });
  });
});

describe('trimmed', () => {
  it('takes away what nobody means', () => {
    const values = valuesOf(tenant);
    expect(
      trimmed({ ...values, name: ' A ', currency: 'usd ', twentyUrl: ' https://a.b/ ' }),
    ).toEqual({ ...values, name: 'A', currency: 'USD', twentyUrl: 'https://a.b' });
  });
});
