import { useLingui } from '@lingui/react/macro';
import type { Role } from '../../generated/graphql.ts';

/** Roles in the order of what they may do. */
export const ROLES = [
  'admin',
  'employee',
  'partner',
  'franchisee',
  'guest',
] as const satisfies readonly Role[];

export function useRoleNames(): Readonly<Record<Role, string>> {
  const { t } = useLingui();
  return {
    admin: t`Admin`,
    employee: t`Employee`,
    partner: t`Partner`,
    franchisee: t`Franchisee`,
    guest: t`Guest`,
  };
}

/** Permissions in plain words; one that we do not know yet is shown by its key. */
export function usePermissionText(): (key: string) => string {
  const { t } = useLingui();
  const texts: Readonly<Record<string, string>> = {
    'events:write': t`Record facts and send events`,
    'deals:read': t`See deals and clients`,
    'deals:write': t`Edit deals and clients`,
    'pipelines:read': t`See pipelines`,
    'pipelines:write': t`Change pipelines`,
    'sla:write': t`Acknowledge and hand over breaches`,
    'files:export': t`Export deals`,
    'webhooks:manage': t`Manage webhooks`,
    'accounts:manage': t`Manage people and roles`,
    'api-clients:manage': t`Manage API keys`,
    'tenant:manage': t`Change the settings of the company`,
    'persons:read': t`See contact data`,
    'persons:erase': t`Erase contact data of a person`,
    'audit:read': t`Read the audit log`,
  };
  return (key) => texts[key] ?? key;
}

export const SCOPES = [
  'events:write',
  'deals:read',
  'deals:write',
  'pipelines:read',
  'pipelines:write',
  'sla:write',
  'files:export',
  'webhooks:manage',
  'accounts:manage',
  'api-clients:manage',
  'tenant:manage',
  'persons:read',
  'persons:erase',
  'audit:read',
] as const;
