import { expect, it } from 'vitest';
import type { CompanyProfileFieldsFragment } from '../../generated/graphql.ts';
import { inputOf, trimmed, valuesOf } from './profile-values.ts';

const profile: CompanyProfileFieldsFragment = {
  accountId: 'a',
  kind: 'partner',
  status: 'active',
  companyName: 'North',
  legalForm: null,
  contactState: 'open',
  taxNumber: null,
  phone: null,
  cities: ['kyiv'],
  niches: [],
  grade: null,
  leadCapacity: 7,
  version: 0,
};

const titleOf = (key: string): string => key.toUpperCase();

it('reads what is not known as empty', () => {
  expect(valuesOf(profile, titleOf)).toMatchObject({
    legalForm: '',
    cities: ['KYIV'],
    phone: '',
    grade: '',
    leadCapacity: '7',
  });
});

it('sends what was changed; what was emptied is none', () => {
  expect(inputOf(3, { grade: '', leadCapacity: '', cities: ['lviv'] })).toEqual({
    version: 3,
    grade: null,
    leadCapacity: null,
    cities: ['lviv'],
  });
  expect(inputOf(3, { leadCapacity: '12', legalForm: 'company' })).toEqual({
    version: 3,
    leadCapacity: 12,
    legalForm: 'company',
  });
  expect(inputOf(3, {})).toEqual({ version: 3 });
});

it('sends texts without the spaces around them', () => {
  expect(
    trimmed({ ...valuesOf(profile, titleOf), companyName: ' South ', phone: ' 1 ' }),
  ).toMatchObject({
    companyName: 'South',
    phone: '1',
  });
});
