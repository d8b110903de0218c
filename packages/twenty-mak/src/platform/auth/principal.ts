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
  /** `account`: a person; `client`: a machine; `operator`: who runs the installation, without a tenant. */
  readonly kind: 'account' | 'client' | 'operator';
  /** Id of the account or client; `operator` for the operator. */
  readonly id: string;
  /** Empty for the operator, who names a tenant in the request. */
  readonly tenantId: string;
  readonly role: Role | null;
  readonly scopes: ReadonlySet<Scope>;
  /** Set for partners and franchisees: they see only their own deals. */
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
];

/** What people of a role may do. */
export const ROLE_SCOPES: Readonly<Record<Role, ReadonlySet<Scope>>> = {
  admin: new Set(SCOPES),
  employee: new Set(WORK),
  partner: new Set(READ),
  franchisee: new Set([...READ, 'deals:write']),
  guest: new Set(),
};
