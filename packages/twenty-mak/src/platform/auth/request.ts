import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from './principal.ts';

export interface AuthenticatedRequest extends FastifyRequest {
  principal?: Principal | undefined;
}

/** What every GraphQL resolver finds in its context; for subscriptions `request` is the upgrade request. */
export interface GraphqlContext {
  readonly request: AuthenticatedRequest;
}

/** The HTTP request behind a REST handler, a GraphQL resolver or a subscription. */
export function requestOf(context: ExecutionContext): AuthenticatedRequest {
  if (context.getType<'http' | 'graphql'>() === 'graphql') {
    return context.getArgByIndex<GraphqlContext>(2).request;
  }
  return context.switchToHttp().getRequest<AuthenticatedRequest>();
}
