import type { Role, RoleChanges } from '../../platform/auth/index.ts';
import type { Transaction } from '../../platform/database/index.ts';

export interface RoleRow extends RoleChanges {
  readonly role: Role;
  readonly version: number;
}

/** Roles that the tenant has changed. */
export async function changedRoles(
  transaction: Transaction,
  tenantId: string,
): Promise<Map<Role, RoleRow>> {
  const rows = await transaction.query<RoleRow>(
    'SELECT role, granted, revoked, version FROM role_permission WHERE tenant_id = $1',
    [tenantId],
  );
  return new Map(rows.map((row) => [row.role, row]));
}

/** Saves a role whose current version is `row.version`; a role as we ship it has version 1. False when it has another one. */
export async function saveRole(
  transaction: Transaction,
  tenantId: string,
  { role, granted, revoked, version }: RoleRow,
): Promise<boolean> {
  const saved = await transaction.execute(
    version === 1
      ? `INSERT INTO role_permission (tenant_id, role, granted, revoked, version)
         VALUES ($1, $2, $3, $4, $5::integer + 1) ON CONFLICT DO NOTHING`
      : `UPDATE role_permission SET granted = $3, revoked = $4, version = version + 1, updated_at = now()
         WHERE tenant_id = $1 AND role = $2 AND version = $5`,
    [tenantId, role, granted, revoked, version],
  );
  return saved > 0;
}

/** Accounts of active people of these roles. */
export async function activePeopleOf(
  transaction: Transaction,
  tenantId: string,
  roles: readonly Role[],
): Promise<string[]> {
  const rows = await transaction.query<{ id: string }>(
    "SELECT id FROM account WHERE tenant_id = $1 AND role = ANY ($2::text[]) AND status = 'active' ORDER BY id",
    [tenantId, roles],
  );
  return rows.map(({ id }) => id);
}
