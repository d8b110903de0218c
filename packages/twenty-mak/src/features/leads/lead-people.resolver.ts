import { Inject } from '@nestjs/common';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, scopeOf } from '../../platform/auth/index.ts';
import type { GraphqlContext, Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { BatchLoader } from '../../platform/graphql/batch-loader.ts';
import { accountNames, PersonModel } from '../accounts/index.ts';
import { Lead } from './leads.model.ts';

type Loader = BatchLoader<string, PersonModel | null>;

/** Names of the accounts of a lead, as far as the caller's leads name them. */
@Resolver(() => Lead)
export class LeadPeopleResolver {
  /** Lives as long as the context of the GraphQL request. */
  private readonly loaders = new WeakMap<object, Loader>();

  constructor(@Inject(Database) private readonly database: Database) {}

  @ResolveField(() => PersonModel, { nullable: true })
  async responsible(
    @CurrentPrincipal() principal: Principal,
    @Context() context: GraphqlContext,
    @Parent() { responsibleId }: Lead,
  ): Promise<PersonModel | null> {
    return this.named(principal, context, responsibleId);
  }

  @ResolveField(() => PersonModel, { nullable: true })
  async partner(
    @CurrentPrincipal() principal: Principal,
    @Context() context: GraphqlContext,
    @Parent() { partnerId }: Lead,
  ): Promise<PersonModel | null> {
    return this.named(principal, context, partnerId);
  }

  @ResolveField(() => PersonModel, { nullable: true })
  async buyer(
    @CurrentPrincipal() principal: Principal,
    @Context() context: GraphqlContext,
    @Parent() { buyerId }: Lead,
  ): Promise<PersonModel | null> {
    return this.named(principal, context, buyerId);
  }

  private async named(
    principal: Principal,
    context: GraphqlContext,
    id: string | null,
  ): Promise<PersonModel | null> {
    return id === null ? null : this.loaderOf(context, principal).load(id);
  }

  private loaderOf(context: object, principal: Principal): Loader {
    const known = this.loaders.get(context);
    if (known !== undefined) return known;
    const made: Loader = new BatchLoader(async (ids) => {
      const names = await this.database.within(scopeOf(principal), (tx) =>
        accountNames(tx, principal.tenantId, ids),
      );
      return (id) => {
        const name = names.get(id);
        return name === undefined ? null : { id, name };
      };
    });
    this.loaders.set(context, made);
    return made;
  }
}
