export const ROLES = ['admin', 'employee', 'partner', 'franchisee', 'guest'] as const;
export type Role = (typeof ROLES)[number];

export const SCOPES = [
  'events:write',
  'deals:read',
  'deals:write',
  'pipelines:read',
  'pipelines:write',
  'sla:write',
  'files:export',
  'clients:import',
  'catalogue:read',
  'catalogue:write',
  'leads:read',
  'leads:write',
  'leads:import',
  'leads:manage',
  'auction:read',
  'auction:bid',
  'auction:sell',
  'auction:manage',
  'returns:decide',
  'wallet:read',
  'wallet:manage',
  'company:manage',
  'webhooks:manage',
  'accounts:manage',
  'api-clients:manage',
  'tenant:manage',
  'persons:read',
  'persons:erase',
  'audit:read',
] as const;
export type Scope = (typeof SCOPES)[number];

/** Who sends a request, after authentication. */
export interface Principal {
  /** `account`: a person; `client`: a machine; `operator`: who runs the installation, without a tenant; `system`: one of ours. */
  readonly kind: 'account' | 'client' | 'operator' | 'system';
  /** Id of the account or client; `operator` for the operator. */
  readonly id: string;
  /** Empty for the operator, who names a tenant in the request. */
  readonly tenantId: string;
  readonly role: Role | null;
  readonly scopes: ReadonlySet<Scope>;
  /**
   * Set for partners, franchisees and guests, who see only what is their own: the head account of their company, which is
   * the same for all of its staff. The person is `id`.
   */
  readonly restrictedTo?: string;
  /** Set for people on a page that twenty embeds: such a session buys no other. */
  readonly embedded?: true;
}

const READ: readonly Scope[] = ['deals:read', 'pipelines:read'];
const WORK: readonly Scope[] = [
  ...READ,
  'deals:write',
  'events:write',
  'sla:write',
  'files:export',
  'persons:read',
  'clients:import',
  'catalogue:read',
  'catalogue:write',
  'leads:read',
  'leads:write',
  'leads:import',
  'leads:manage',
  'auction:read',
  'auction:sell',
  'auction:manage',
  'wallet:read',
];
/** What every outside company does in its cabinet. */
const CABINET: readonly Scope[] = [
  ...READ,
  'leads:read',
  'leads:write',
  'auction:read',
  'wallet:read',
  'company:manage',
];

/** What people of a role may do. */
export const ROLE_SCOPES: Readonly<Record<Role, ReadonlySet<Scope>>> = {
  admin: new Set(SCOPES),
  employee: new Set(WORK),
  partner: new Set([...CABINET, 'auction:sell']),
  franchisee: new Set([...CABINET, 'deals:write', 'auction:bid']),
  guest: new Set(),
};
