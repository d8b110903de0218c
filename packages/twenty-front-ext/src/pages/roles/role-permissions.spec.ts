import { expect, it } from 'vitest';
import type { RoleLineFragment } from '../../generated/graphql.ts';
import { allowedKeys, withPermission } from './role-permissions.ts';

const cell = { locked: false, default: true };
const role: RoleLineFragment = {
  role: 'employee',
  version: 3,
  permissions: [
    { key: 'deals:read', allowed: true, ...cell },
    { key: 'audit:read', allowed: false, ...cell },
  ],
};

it('changes one cell and no other', () => {
  expect(allowedKeys(withPermission(role, 'audit:read', true))).toEqual([
    'deals:read',
    'audit:read',
  ]);
  expect(allowedKeys(withPermission(role, 'deals:read', false))).toEqual([]);
  expect(allowedKeys(role)).toEqual(['deals:read']);
  expect(withPermission(role, 'deals:read', false).version).toBe(3);
});
