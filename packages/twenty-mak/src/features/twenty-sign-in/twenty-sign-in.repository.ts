import type { Role } from '../../platform/auth/index.ts';
import type { Transaction } from '../../platform/database/index.ts';

export interface WorkspaceRow {
  readonly tenant_id: string;
  readonly address: string;
  readonly workspace_id: string;
  readonly application_id: string;
  readonly newcomer_role: Exclude<Role, 'admin'>;
  readonly enabled: boolean;
  readonly version: number;
  /** Milliseconds. */
  readonly created_at: number;
  readonly updated_at: number;
}

export type WorkspaceSettings = Pick<
  WorkspaceRow,
  'address' | 'workspace_id' | 'application_id' | 'newcomer_role' | 'enabled'
>;

const COLUMNS = [
  'tenant_id',
  'address',
  'workspace_id',
  'application_id',
  'newcomer_role',
  'enabled',
  'version',
  'created_at',
  'updated_at',
]
  .map((column) => `workspace.${column}`)
  .join(', ');

/** What is set for the tenant with this key, and the present. The transaction must run under the key. */
export async function findWorkspaceByKey(
  transaction: Transaction,
  tenantKey: string,
): Promise<(WorkspaceRow & { readonly now: number }) | undefined> {
  const [row] = await transaction.query<WorkspaceRow & { now: number }>(
    `SELECT ${COLUMNS}, now() AS now FROM twenty_workspace workspace
     JOIN tenant ON tenant.id = workspace.tenant_id WHERE tenant.key = $1 AND workspace.enabled`,
    [tenantKey],
  );
  return row;
}

/** Locked, the tenant's first sign-ins and changes of its settings come one after the other. */
export async function findWorkspace(
  transaction: Transaction,
  tenantId: string,
  lock: 'FOR UPDATE' | '' = '',
): Promise<WorkspaceRow | undefined> {
  const [row] = await transaction.query<WorkspaceRow>(
    `SELECT ${COLUMNS} FROM twenty_workspace workspace WHERE tenant_id = $1 ${lock}`,
    [tenantId],
  );
  return row;
}

/** Sets everything. Undefined when `version` is not the current one; 0 stands for none. */
export async function saveWorkspace(
  transaction: Transaction,
  tenantId: string,
  version: number,
  settings: WorkspaceSettings,
): Promise<WorkspaceRow | undefined> {
  const { address, workspace_id, application_id, newcomer_role, enabled } = settings;
  const values = [tenantId, address, workspace_id, application_id, newcomer_role, enabled];
  const [row] = await (version === 0
    ? transaction.query<WorkspaceRow>(
        `INSERT INTO twenty_workspace AS workspace (tenant_id, address, workspace_id, application_id, newcomer_role, enabled)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id) DO NOTHING RETURNING ${COLUMNS}`,
        values,
      )
    : transaction.query<WorkspaceRow>(
        `UPDATE twenty_workspace workspace SET address = $2, workspace_id = $3, application_id = $4, newcomer_role = $5,
           enabled = $6, version = version + 1, updated_at = now()
         WHERE tenant_id = $1 AND version = $7 RETURNING ${COLUMNS}`,
        [...values, version],
      ));
  return row;
}

/** The account that a user of a workspace is bound to. */
export async function findBoundAccount(
  transaction: Transaction,
  tenantId: string,
  workspaceId: string,
  twentyUserId: string,
): Promise<string | undefined> {
  const [row] = await transaction.query<{ account_id: string }>(
    'SELECT account_id FROM twenty_user WHERE tenant_id = $1 AND workspace_id = $2 AND twenty_user_id = $3',
    [tenantId, workspaceId, twentyUserId],
  );
  return row?.account_id;
}

/** False when the account belongs to another user of the workspace already. */
export async function bindUser(
  transaction: Transaction,
  tenantId: string,
  workspaceId: string,
  twentyUserId: string,
  accountId: string,
): Promise<boolean> {
  const added = await transaction.execute(
    `INSERT INTO twenty_user (tenant_id, workspace_id, twenty_user_id, account_id) VALUES ($1, $2, $3, $4)
     ON CONFLICT (account_id, workspace_id) DO NOTHING`,
    [tenantId, workspaceId, twentyUserId, accountId],
  );
  return added > 0;
}

export interface BoundUserRow {
  readonly account_id: string;
  readonly name: string;
  readonly role: Role;
  readonly twenty_user_id: string;
  /** Milliseconds. */
  readonly created_at: number;
}

/** Users of the tenant's workspace who are bound to accounts, by name, after the cursor's. */
export async function listBoundUsers(
  transaction: Transaction,
  tenantId: string,
  after: readonly [name: string, accountId: string] | null,
  limit: number,
): Promise<BoundUserRow[]> {
  return transaction.query<BoundUserRow>(
    `SELECT account.id AS account_id, account.name, account.role, bound.twenty_user_id, bound.created_at
     FROM twenty_workspace workspace
     JOIN twenty_user bound ON bound.tenant_id = workspace.tenant_id AND bound.workspace_id = workspace.workspace_id
     JOIN account ON account.id = bound.account_id
     WHERE workspace.tenant_id = $1 AND ($2::text IS NULL OR (account.name, account.id) > ($2, $3::uuid))
     ORDER BY account.name, account.id LIMIT $4`,
    [tenantId, after?.[0] ?? null, after?.[1] ?? null, limit],
  );
}

/** Frees an account for another user of the workspace. False when it is bound to none. */
export async function deleteBinding(
  transaction: Transaction,
  tenantId: string,
  accountId: string,
): Promise<boolean> {
  const deleted = await transaction.execute(
    `DELETE FROM twenty_user bound USING twenty_workspace workspace
     WHERE bound.tenant_id = $1 AND bound.account_id = $2
       AND workspace.tenant_id = $1 AND workspace.workspace_id = bound.workspace_id`,
    [tenantId, accountId],
  );
  return deleted > 0;
}

/** Accounts that users of any workspace are bound to. */
export async function boundAccounts(transaction: Transaction, tenantId: string): Promise<string[]> {
  const rows = await transaction.query<{ account_id: string }>(
    'SELECT DISTINCT account_id FROM twenty_user WHERE tenant_id = $1',
    [tenantId],
  );
  return rows.map(({ account_id: id }) => id);
}
