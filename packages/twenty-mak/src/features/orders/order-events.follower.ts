import { Inject, Injectable } from '@nestjs/common';
import { ORDER_EVENT_TYPES } from 'twenty-mak-domain';
import { Authenticator } from '../../platform/auth/index.ts';
import type { GraphqlContext, Principal } from '../../platform/auth/index.ts';
import type { EventType, OutboxRow } from '../../platform/outbox/index.ts';
import { EventFollower } from '../subscriptions/index.ts';

/** What happens with orders, as it happens. */
@Injectable()
export class OrderFollower {
  constructor(
    @Inject(EventFollower) private readonly follower: EventFollower,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
  ) {}

  /**
   * Events after a position, and then all that come, in the order of each order; without a position from now on. Ends when the
   * caller has gone, or may no longer listen. Throws 422 `invalid_position` and 410 `position_expired`.
   */
  async follow(
    principal: Principal,
    request: GraphqlContext['request'],
    after: string | undefined,
    types: readonly EventType[] = ORDER_EVENT_TYPES,
    hasGone: () => boolean = () => false,
  ): Promise<AsyncGenerator<OutboxRow, void>> {
    const from = await this.follower.start(principal, after);
    return this.follower.follow(principal, from, {
      types,
      stillAllowed: async () => {
        if (hasGone()) return false;
        const now = await this.authenticator.authenticate(request);
        const isSame = now?.id === principal.id && now.restrictedTo === principal.restrictedTo;
        return isSame && now.scopes.has('catalogue:read');
      },
    });
  }
}
