import type { Transaction } from '../../platform/database/index.ts';
import type { ImportTargetName } from './import-targets.ts';
import type { ProfileBody } from './imports.dto.ts';

export interface ProfileRow {
  readonly id: string;
  readonly name: string;
  readonly profile: ProfileBody;
  readonly version: number;
  readonly updated_at: number;
}

const PROFILE = 'id, name, profile, version, updated_at';

export async function listProfiles(
  tx: Transaction,
  tenantId: string,
  target: ImportTargetName,
): Promise<ProfileRow[]> {
  return tx.query<ProfileRow>(
    `SELECT ${PROFILE} FROM file_import_profile WHERE tenant_id = $1 AND target = $2 ORDER BY name, id`,
    [tenantId, target],
  );
}

export async function findProfile(
  tx: Transaction,
  tenantId: string,
  target: ImportTargetName,
  id: string,
): Promise<ProfileRow | undefined> {
  const [row] = await tx.query<ProfileRow>(
    `SELECT ${PROFILE} FROM file_import_profile WHERE tenant_id = $1 AND target = $2 AND id = $3`,
    [tenantId, target, id],
  );
  return row;
}

/** Undefined when the company has a profile of this name. */
export async function insertProfile(
  tx: Transaction,
  tenantId: string,
  target: ImportTargetName,
  row: Pick<ProfileRow, 'id' | 'name' | 'profile'> & { readonly companyId: string | null },
): Promise<ProfileRow | undefined> {
  const [inserted] = await tx.query<ProfileRow>(
    `INSERT INTO file_import_profile (id, tenant_id, target, company_id, name, profile) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT DO NOTHING RETURNING ${PROFILE}`,
    [row.id, tenantId, target, row.companyId, row.name, JSON.stringify(row.profile)],
  );
  return inserted;
}

/** Undefined when `version` is not the one that is saved, or another profile has the name. */
export async function updateProfile(
  tx: Transaction,
  tenantId: string,
  { id, name, profile, version }: Pick<ProfileRow, 'id' | 'name' | 'profile' | 'version'>,
): Promise<ProfileRow | undefined> {
  const [row] = await tx.query<ProfileRow>(
    `UPDATE file_import_profile AS p SET name = $4, profile = $5, version = version + 1, updated_at = now()
     WHERE tenant_id = $1 AND id = $2 AND version = $3 AND NOT EXISTS
       (SELECT FROM file_import_profile o WHERE o.tenant_id = $1 AND o.id <> $2 AND o.name = $4
          AND o.target = p.target AND o.company_id IS NOT DISTINCT FROM p.company_id)
     RETURNING ${PROFILE}`,
    [tenantId, id, version, name, JSON.stringify(profile)],
  );
  return row;
}

export async function deleteProfile(
  tx: Transaction,
  tenantId: string,
  target: ImportTargetName,
  id: string,
): Promise<boolean> {
  const deleted = await tx.execute(
    'DELETE FROM file_import_profile WHERE tenant_id = $1 AND target = $2 AND id = $3',
    [tenantId, target, id],
  );
  return deleted === 1;
}
