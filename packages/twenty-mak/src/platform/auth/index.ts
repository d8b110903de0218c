export { answerDirectly } from './direct-route.ts';
export { AuthGuard } from './auth.guard.ts';
export { AuthModule } from './auth.module.ts';
export { Authenticator, CREDENTIALS_CHANNEL } from './authenticator.ts';
export { ACCESS_TOKEN_SECONDS, ClientCredentials } from './clients.ts';
export { hashCredential, mintCredential, mintSecret } from './credentials.ts';
export { CurrentPrincipal, OperatorOnly, Public, RequireScope, SignedIn } from './decorators.ts';
export {
  allowedInstead,
  isCompanyRole,
  isLent,
  isLocked,
  isRestricted,
  scopesOf,
} from './permissions.ts';
export type { RoleChanges } from './permissions.ts';
export { ROLE_SCOPES, ROLES, SCOPES } from './principal.ts';
export type { Principal, Role, Scope } from './principal.ts';
export { requestOf } from './request.ts';
export type { AuthenticatedRequest, GraphqlContext } from './request.ts';
export { endEmbeddedSessions } from './embedded-sessions.ts';
export { GuessLimits } from './guess-limits.ts';
export { Memberships } from './memberships.ts';
export type { Membership } from './memberships.ts';
export { People } from './people.ts';
export { AUTH_PATH, PASSWORD_LENGTH, peopleOptions } from './people.options.ts';
export type { SignedInUser } from './people.ts';
export { scopeOf } from './scope-of.ts';
