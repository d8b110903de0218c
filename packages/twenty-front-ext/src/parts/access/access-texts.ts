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
    'events:write': t`Send events and record facts of the past`,
    'deals:read': t`See deals and clients`,
    'deals:write': t`Edit deals and clients, record facts`,
    'pipelines:read': t`See pipelines`,
    'pipelines:write': t`Change pipelines`,
    'sla:write': t`Acknowledge and hand over breaches`,
    'files:export': t`Export deals and clients`,
    'catalogue:read': t`See orders, articles and their stock`,
    'catalogue:write': t`Edit orders, articles and their stock`,
    'leads:read': t`See and export leads`,
    'leads:write': t`Create and edit leads`,
    'clients:import': t`Import clients`,
    'leads:import': t`Import leads from files`,
    'leads:manage': t`Settings, segments and duplicates of leads`,
    'auction:read': t`See lots`,
    'auction:bid': t`Bid and buy`,
    'auction:sell': t`Put own leads on auction`,
    'auction:manage': t`Manage all lots and the rules of auctions`,
    'returns:decide': t`Decide about returned leads`,
    'wallet:read': t`See the wallet`,
    'wallet:manage': t`Top up and manage all wallets`,
    'company:manage': t`Edit the own company and its staff`,
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

/** Permissions by section of the product. */
export const SCOPE_SECTIONS = [
  {
    section: 'deals',
    keys: [
      'deals:read',
      'deals:write',
      'events:write',
      'sla:write',
      'files:export',
      'clients:import',
    ],
  },
  { section: 'pipelines', keys: ['pipelines:read', 'pipelines:write'] },
  { section: 'catalogue', keys: ['catalogue:read', 'catalogue:write'] },
  { section: 'leads', keys: ['leads:read', 'leads:write', 'leads:import', 'leads:manage'] },
  {
    section: 'auction',
    keys: ['auction:read', 'auction:bid', 'auction:sell', 'auction:manage', 'returns:decide'],
  },
  { section: 'wallet', keys: ['wallet:read', 'wallet:manage'] },
  {
    section: 'people',
    keys: ['persons:read', 'persons:erase', 'company:manage', 'accounts:manage'],
  },
  {
    section: 'settings',
    keys: ['tenant:manage', 'webhooks:manage', 'api-clients:manage', 'audit:read'],
  },
] as const;

export type ScopeSection = (typeof SCOPE_SECTIONS)[number]['section'];

export const SCOPES = SCOPE_SECTIONS.flatMap(({ keys }) => [...keys]);

export function useSectionNames(): Readonly<Record<ScopeSection, string>> {
  const { t } = useLingui();
  return {
    deals: t`Deals`,
    pipelines: t`Pipelines`,
    catalogue: t`Catalogue`,
    leads: t`Leads`,
    auction: t`Auction`,
    wallet: t`Wallet`,
    people: t`People`,
    settings: t`Settings`,
  };
}
