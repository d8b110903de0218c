import { ROLE_SCOPES, SCOPES } from './principal.ts';
import type { Role, Scope } from './principal.ts';

/** How a tenant's role differs from what we ship. */
export interface RoleChanges {
  readonly granted: readonly string[];
  readonly revoked: readonly string[];
}

/** Roles that see only what is their own. */
export function isRestricted(role: Role): boolean {
  return role === 'partner' || role === 'franchisee' || role === 'guest';
}

/** Roles of outside companies, whose head accounts may have staff. */
export function isCompanyRole(role: Role): boolean {
  return role === 'partner' || role === 'franchisee';
}

/** What an outside company does for itself. */
const OF_A_COMPANY: ReadonlySet<Scope> = new Set(['auction:bid', 'company:manage']);

/** All that a restricted role may be given; the other permissions reach beyond what is its own, e.g. a key sees all deals. */
const WITHIN_ITS_OWN: ReadonlySet<Scope> = new Set([
  ...OF_A_COMPANY,
  'deals:read',
  'deals:write',
  'pipelines:read',
  'sla:write',
  'files:export',
  'persons:read',
  'clients:import',
  'leads:read',
  'leads:write',
  'leads:import',
  'auction:read',
  'auction:sell',
  'wallet:read',
]);

/** Whether a permission of a role stays as we ship it: a tenant must keep somebody who can manage its people. */
export function isLocked(role: Role, scope: Scope): boolean {
  if (role === 'admin') return scope === 'accounts:manage';
  return isRestricted(role) && !WITHIN_ITS_OWN.has(scope);
}

/**
 * Whether whoever gives the role must have the scope. Bidding and running a company reach no further than the company
 * that does it, so somebody of the office may admit a company without being one.
 */
export function isLent(role: Role, scope: Scope): boolean {
  return !(isRestricted(role) && OF_A_COMPANY.has(scope));
}

/** What people of a role may do in a tenant. */
export function scopesOf(role: Role, { granted, revoked }: RoleChanges): ReadonlySet<Scope> {
  const shipped = ROLE_SCOPES[role];
  return new Set(
    SCOPES.filter((scope) => {
      if (isLocked(role, scope)) return shipped.has(scope);
      return shipped.has(scope) ? !revoked.includes(scope) : granted.includes(scope);
    }),
  );
}

/** How a role with these permissions differs from what we ship. */
export function allowedInstead(role: Role, allowed: ReadonlySet<Scope>): RoleChanges {
  const shipped = ROLE_SCOPES[role];
  return {
    granted: SCOPES.filter((scope) => allowed.has(scope) && !shipped.has(scope)),
    revoked: SCOPES.filter((scope) => !allowed.has(scope) && shipped.has(scope)),
  };
}
