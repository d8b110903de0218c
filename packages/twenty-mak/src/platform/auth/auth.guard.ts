import { Inject, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { forbidden, unauthenticated } from '../errors/index.ts';
import { Authenticator } from './authenticator.ts';
import { ACCESS } from './decorators.ts';
import type { Access } from './decorators.ts';
import { requestOf } from './request.ts';

/** Authenticates every request and refuses handlers that do not say who may call them. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access?.kind === 'public') return true;
    const request = requestOf(context);
    request.principal ??= await this.authenticator.authenticate(request.headers);
    const { principal } = request;
    if (principal === undefined) throw unauthenticated();
    if (access === undefined) throw forbidden('Nobody may call this.');
    if (access.kind === 'operator' && principal.kind !== 'operator')
      throw forbidden('Only the operator of the installation may do this.');
    if (access.kind !== 'operator' && principal.kind === 'operator')
      throw forbidden(
        'The operator key opens only the operator routes; use a credential of a tenant.',
      );
    if (access.kind === 'scope' && !principal.scopes.has(access.scope)) {
      throw forbidden(`This needs the scope ${access.scope}. Ask an admin of your tenant for it.`);
    }
    return true;
  }
}
