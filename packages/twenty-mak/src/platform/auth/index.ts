export { AuthModule } from './auth.module.ts';
export { Authenticator } from './authenticator.ts';
export { ACCESS_TOKEN_SECONDS, ClientCredentials } from './clients.ts';
export { hashCredential, mintCredential } from './credentials.ts';
export { CurrentPrincipal, OperatorOnly, Public, RequireScope, SignedIn } from './decorators.ts';
export { ROLE_SCOPES, ROLES, SCOPES } from './principal.ts';
export type { Principal, Role, Scope } from './principal.ts';
export { requestOf } from './request.ts';
export type { AuthenticatedRequest, GraphqlContext } from './request.ts';
