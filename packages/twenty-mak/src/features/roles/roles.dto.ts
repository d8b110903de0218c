import { z } from 'zod';
import { isLocked, ROLE_SCOPES, ROLES, SCOPES, scopesOf } from '../../platform/auth/index.ts';
import type { Role } from '../../platform/auth/index.ts';
import type { RoleRow } from './roles.repository.ts';

export const roleField = z.enum(ROLES);

export const editRoleSchema = z.strictObject({
  version: z.number().int().min(1),
  permissions: z
    .array(z.enum(SCOPES))
    .max(100)
    .describe('All that the role may do from now on; what is left out is taken away.'),
});
export type EditRole = z.output<typeof editRoleSchema>;

export const roleSchema = z.object({
  role: roleField,
  permissions: z.array(
    z.object({
      key: z.enum(SCOPES),
      allowed: z.boolean(),
      locked: z.boolean().describe('It cannot be changed.'),
      default: z.boolean().describe('What the role may do unless the tenant says otherwise.'),
    }),
  ),
  version: z.number().int(),
});
export type RoleView = z.output<typeof roleSchema>;

export const rolesSchema = z.object({ items: z.array(roleSchema), next: z.null() });
export type RolesView = z.output<typeof rolesSchema>;

/** A row of the permission matrix; `row` is undefined for a role as we ship it. */
export function roleView(role: Role, row: RoleRow | undefined): RoleView {
  const allowed = scopesOf(role, row ?? { granted: [], revoked: [] });
  return {
    role,
    permissions: SCOPES.map((key) => ({
      key,
      allowed: allowed.has(key),
      locked: isLocked(role, key),
      default: ROLE_SCOPES[role].has(key),
    })),
    version: row?.version ?? 1,
  };
}
