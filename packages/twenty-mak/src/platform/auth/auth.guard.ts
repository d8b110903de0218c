import { Inject, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { CONFIG } from '../config/config.module.ts';
import type { Config } from '../config/config.ts';
import { forbidden, unauthenticated } from '../errors/index.ts';
import { RateLimiter, tooManyRequests } from '../rate-limit/index.ts';
import type { Budget } from '../rate-limit/index.ts';
import { Authenticator } from './authenticator.ts';
import { ACCESS } from './decorators.ts';
import type { Access } from './decorators.ts';
import type { Principal } from './principal.ts';
import { requestOf } from './request.ts';
import type { AuthenticatedRequest } from './request.ts';

/** Authenticates every request, keeps each caller to its rate, and refuses handlers that do not say who may call them. */
@Injectable()
export class AuthGuard implements CanActivate {
  private readonly budgets: Readonly<Record<'client' | 'account', Budget>>;

  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
    @Inject(RateLimiter) private readonly limiter: RateLimiter,
    @Inject(CONFIG) config: Config,
  ) {
    const budget = (perSecond: number): Budget => ({ perSecond, burst: perSecond * 2 });
    this.budgets = {
      client: budget(config.MAK_RATE_PER_CLIENT),
      account: budget(config.MAK_RATE_PER_PERSON),
    };
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access?.kind !== 'public') await this.admit(requestOf(context), access);
    return true;
  }

  /** The caller of what is not public. Throws when there is none, or when it may not call this. */
  async admit(request: AuthenticatedRequest, access: Access | undefined): Promise<Principal> {
    const principal = await this.principalOf(request);
    if (principal === undefined) throw unauthenticated();
    mayCall(principal, access);
    return principal;
  }

  private async principalOf(request: AuthenticatedRequest): Promise<Principal | undefined> {
    // A socket lives long: each of its operations asks again whether its credential still holds.
    const isSocket = request.headers.upgrade !== undefined;
    if (request.principal !== undefined && !isSocket) return request.principal;
    request.principal = await this.authenticator.authenticate(request);
    const { principal } = request;
    if (principal?.kind === 'client' || principal?.kind === 'account') {
      const spent = this.limiter.spend(principal.id, this.budgets[principal.kind]);
      const grant = spent instanceof Promise ? await spent : spent;
      if (grant.given === 0) throw tooManyRequests(grant.waitMs);
    }
    return principal;
  }
}

function mayCall(principal: Principal, access: Access | undefined): void {
  if (access === undefined) throw forbidden('Nobody may call this.');
  if (access.kind === 'operator' && principal.kind !== 'operator') {
    throw forbidden('Only the operator of the installation may do this.');
  }
  if (access.kind !== 'operator' && principal.kind === 'operator') {
    throw forbidden(
      'The operator key opens only the operator routes; use a credential of a tenant.',
    );
  }
  if (access.kind === 'scope' && !principal.scopes.has(access.scope)) {
    throw forbidden(`This needs the scope ${access.scope}. Ask an admin of your tenant for it.`);
  }
}
