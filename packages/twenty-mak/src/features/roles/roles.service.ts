import { Inject, Injectable } from '@nestjs/common';
import {
  allowedInstead,
  Authenticator,
  isLent,
  isLocked,
  ROLES,
  SCOPES,
  scopesOf,
} from '../../platform/auth/index.ts';
import type { Principal, Role, Scope } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { RefusalError, staleVersion } from '../../platform/errors/index.ts';
import { Audit } from '../audit/index.ts';
import { roleView } from './roles.dto.ts';
import type { EditRole, RoleView } from './roles.dto.ts';
import { activePeopleOf, changedRoles, saveRole } from './roles.repository.ts';

const AS_SHIPPED = { granted: [], revoked: [] };

/** The permission matrix of a tenant. */
@Injectable()
export class RolesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
  ) {}

  async list({ tenantId }: Principal): Promise<RoleView[]> {
    return this.database.within({ tenantId }, async (transaction) => {
      const changed = await changedRoles(transaction, tenantId);
      return ROLES.map((role) => roleView(role, changed.get(role)));
    });
  }

  /**
   * From the answer on it holds in every process, also for sessions and subscriptions that are open.
   * Throws 409 `stale_version`, 422 `permission_locked`, and 403 `scope_not_held` for callers other than admins who
   * would give or take what they do not have.
   */
  async edit(principal: Principal, role: Role, edit: EditRole): Promise<RoleView> {
    const { tenantId } = principal;
    const view = await this.database.within({ tenantId }, async (transaction) => {
      const before = (await changedRoles(transaction, tenantId)).get(role);
      const current = roleView(role, before);
      if (current.version !== edit.version) throw staleVersion(current, edit);
      const allowed = new Set(edit.permissions);
      const had = scopesOf(role, before ?? AS_SHIPPED);
      const differing = SCOPES.filter((scope) => allowed.has(scope) !== had.has(scope));
      refuseLocked(role, differing);
      if (principal.role !== 'admin') refuseNotHeld(principal, differing, 'permissions');
      const row = { role, ...allowedInstead(role, allowed), version: edit.version };
      if (!(await saveRole(transaction, tenantId, row))) throw staleVersion(current, edit);
      await Audit.record(transaction, principal, 'role.changed', 'role', role, {
        granted: differing.filter((scope) => allowed.has(scope)),
        revoked: differing.filter((scope) => had.has(scope)),
      });
      return roleView(role, { ...row, version: edit.version + 1 });
    });
    this.authenticator.forget(tenantId);
    return view;
  }
}

/**
 * Nobody gives a role, or takes charge of an account that has one, that may do more than the caller; else the
 * permission to manage accounts would be all permissions. Throws 403 `scope_not_held`.
 */
export async function refuseRolesBeyondOwn(
  transaction: Transaction,
  principal: Principal,
  roles: readonly Role[],
): Promise<void> {
  if (principal.role === 'admin') return;
  const changed = await changedRoles(transaction, principal.tenantId);
  const scopes = roles.flatMap((role) =>
    [...scopesOf(role, changed.get(role) ?? AS_SHIPPED)].filter((scope) => isLent(role, scope)),
  );
  refuseNotHeld(principal, scopes, 'role');
}

/** Roles that have the scope in this tenant. */
export async function rolesWhichMay(
  transaction: Transaction,
  tenantId: string,
  scope: Scope,
): Promise<Role[]> {
  const changed = await changedRoles(transaction, tenantId);
  return ROLES.filter((role) => scopesOf(role, changed.get(role) ?? AS_SHIPPED).has(scope));
}

/** Accounts of all active people whose role has the scope in this tenant. */
export async function peopleWhoMay(
  transaction: Transaction,
  tenantId: string,
  scope: Scope,
): Promise<string[]> {
  const roles = await rolesWhichMay(transaction, tenantId, scope);
  return activePeopleOf(transaction, tenantId, roles);
}

function refuseLocked(role: Role, differing: readonly Scope[]): void {
  const locked = differing.find((scope) => isLocked(role, scope));
  if (locked === undefined) return;
  const why =
    role === 'admin'
      ? 'admins always manage the accounts, so that a tenant is never without somebody who can'
      : 'it reaches beyond what is its own, which is all that this role sees';
  throw new RefusalError({
    code: 'permission_locked',
    reason: `${locked} of the role ${role} cannot be changed: ${why}.`,
    field: 'permissions',
  });
}

function refuseNotHeld({ scopes }: Principal, wanted: readonly Scope[], field: string): void {
  const excess = wanted.find((scope) => !scopes.has(scope));
  if (excess === undefined) return;
  throw new RefusalError(
    {
      code: 'scope_not_held',
      reason: `You do not have the scope ${excess} yourself. Ask an admin to do this.`,
      field,
    },
    403,
  );
}
