import { Inject } from '@nestjs/common';
import { Args, Context, ID, Resolver, Subscription } from '@nestjs/graphql';
import { CANONICAL_TYPES } from 'twenty-mak-domain';
import { z } from 'zod';
import { Authenticator, CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { GraphqlContext, Principal } from '../../platform/auth/index.ts';
import { parse, uuidField } from '../../platform/validation/index.ts';
import {
  canonicalEventModel,
  CanonicalEventModel,
  DealChangesModel,
} from './subscriptions.model.ts';
import { ChangeFollower } from './deal-changes.ts';
import { EventFollower } from './subscriptions.service.ts';

const argumentsSchema = z.object({
  types: z.array(z.enum(CANONICAL_TYPES)).min(1).optional(),
  dealId: uuidField.optional(),
  after: z.string().max(100).optional(),
});

interface ChangesPayload {
  readonly dealChanges: DealChangesModel;
}

interface Payload {
  readonly masterDealEvents: CanonicalEventModel;
}

@Resolver(() => CanonicalEventModel)
export class SubscriptionsResolver {
  constructor(
    @Inject(EventFollower) private readonly follower: EventFollower,
    @Inject(ChangeFollower) private readonly changes: ChangeFollower,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
  ) {}

  @RequireScope('deals:read')
  @Subscription(() => CanonicalEventModel, {
    description:
      'Canonical events of the tenant, in the order of each deal. Without `after` from now on; with the position of the last event that was seen, nothing is missed.',
  })
  async masterDealEvents(
    @CurrentPrincipal() principal: Principal,
    @Context() { request }: GraphqlContext,
    @Args('types', { type: () => [String], nullable: true }) types?: string[],
    @Args('dealId', { type: () => ID, nullable: true }) dealId?: string,
    @Args('after', { type: () => String, nullable: true }) after?: string,
  ): Promise<AsyncGenerator<Payload, void>> {
    const input = parse(argumentsSchema, {
      types: types ?? undefined,
      dealId: dealId ?? undefined,
      after: after ?? undefined,
    });
    const from = await this.follower.start(principal, input.after);
    const stillAllowed = this.belief(request, principal);
    const wanted = { ...input, types: input.types ?? CANONICAL_TYPES };
    const rows = this.follower.follow(principal, from, { ...wanted, stillAllowed });
    return payloads(principal.tenantId, rows);
  }

  @RequireScope('deals:read')
  @Subscription(() => DealChangesModel, {
    description:
      'Ids of deals that have changed in whatever way, for pages that show them. A doorbell: what happens while nobody is connected is not told later. The first message has no ids: from then on nothing is missed. A later one without ids says that something may have been missed while Redis was away.',
  })
  dealChanges(
    @CurrentPrincipal() principal: Principal,
    @Context() { request }: GraphqlContext,
  ): AsyncGenerator<ChangesPayload, void> {
    return changesOf(this.changes.follow(principal, this.belief(request, principal)));
  }

  /** Asks whether the one who subscribed may still see the same. */
  private belief(request: GraphqlContext['request'], principal: Principal): () => Promise<boolean> {
    return async () => {
      const now = await this.authenticator.authenticate(request);
      return (
        now?.id === principal.id &&
        now.restrictedTo === principal.restrictedTo &&
        now.scopes.has('deals:read')
      );
    };
  }
}

async function* payloads(
  tenantId: string,
  rows: ReturnType<EventFollower['follow']>,
): AsyncGenerator<Payload, void> {
  for await (const row of rows) yield { masterDealEvents: canonicalEventModel(tenantId, row) };
}

async function* changesOf(
  batches: AsyncGenerator<readonly string[], void>,
): AsyncGenerator<ChangesPayload, void> {
  for await (const ids of batches) yield { dealChanges: { ids: [...ids] } };
}
