import type { RoleLineFragment } from '../../generated/graphql.ts';

/** The role as it is with or without one permission. */
export function withPermission(
  role: RoleLineFragment,
  key: string,
  allowed: boolean,
): RoleLineFragment {
  return {
    ...role,
    permissions: role.permissions.map((one) => (one.key === key ? { ...one, allowed } : one)),
  };
}

/** All that the role may do. */
export function allowedKeys({ permissions }: RoleLineFragment): string[] {
  return permissions.filter(({ allowed }) => allowed).map(({ key }) => key);
}
