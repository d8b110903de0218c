import { createParamDecorator, SetMetadata } from '@nestjs/common';
import type { CustomDecorator, ExecutionContext } from '@nestjs/common';
import type { Principal, Scope } from './principal.ts';
import { requestOf } from './request.ts';

export const ACCESS = Symbol('access');

export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'operator' }
  | { readonly kind: 'signed-in' }
  | { readonly kind: 'scope'; readonly scope: Scope };

/** Everybody may call it. Every handler says who may call it; the guard refuses those that do not. */
export const Public = (): CustomDecorator<symbol> =>
  SetMetadata(ACCESS, { kind: 'public' } satisfies Access);
/** Only the operator of the installation, with the operator key. */
export const OperatorOnly = (): CustomDecorator<symbol> =>
  SetMetadata(ACCESS, { kind: 'operator' } satisfies Access);
/** Every account and client of a tenant. */
export const SignedIn = (): CustomDecorator<symbol> =>
  SetMetadata(ACCESS, { kind: 'signed-in' } satisfies Access);
export const RequireScope = (scope: Scope): CustomDecorator<symbol> =>
  SetMetadata(ACCESS, { kind: 'scope', scope } satisfies Access);

/** The authenticated caller, in REST and GraphQL handlers alike. */
export const CurrentPrincipal = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Principal => {
    const { principal } = requestOf(context);
    if (principal === undefined)
      throw new Error('a handler that asks for the principal must not be public');
    return principal;
  },
);
