import { describe, expect, it } from 'vitest';
import { tidy, valuesOf } from './workspace-values.ts';

describe('valuesOf', () => {
  it('begins with nothing', () => {
    expect(valuesOf(null)).toMatchObject({ address: '', newcomerRole: 'employee', version: 0 });
  });
});

describe('tidy', () => {
  const values = valuesOf(null);

  it('takes the origin of the address of a page, and ids as they are written', () => {
    expect(
      tidy({
        ...values,
        address: ' https://CRM.example.com:443/objects/companies?view=1 ',
        workspaceId: ' 20202020-1C25-4D02-BF25-6AECCF7EA419\n',
        applicationId: ' 0B6A3A2C-6a53-4d0e-8f3a-0d9b7a1f2c3d',
      }),
    ).toEqual({
      ...values,
      address: 'https://crm.example.com',
      workspaceId: '20202020-1c25-4d02-bf25-6aeccf7ea419',
      applicationId: '0b6a3a2c-6a53-4d0e-8f3a-0d9b7a1f2c3d',
    });
  });

  it.each(['crm.example.com', 'ftp://crm.example.com', 'https://', ''])(
    'leaves what is no address to the server: %s',
    (address) => {
      expect(tidy({ ...values, address }).address).toBe(address);
    },
  );
});
