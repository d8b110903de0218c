import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { JsonScalar } from '../../platform/graphql/scalars.ts';
import { withoutNulls } from '../../platform/validation/index.ts';
import { ConnectorOptionModel } from './options.model.ts';
import { OptionsService } from './options.service.ts';

@RequireScope('tenant:manage')
@Resolver(() => ConnectorOptionModel)
export class OptionsResolver {
  constructor(@Inject(OptionsService) private readonly options: OptionsService) {}

  @Query(() => [ConnectorOptionModel], {
    description:
      'What settings may name there: the other system is asked, with what is stored or what is not saved yet',
  })
  async connectorOptions(
    @CurrentPrincipal() principal: Principal,
    @Args('key') key: string,
    @Args('settings', { type: () => JsonScalar, nullable: true }) settings: unknown,
    @Args('secrets', { type: () => JsonScalar, nullable: true }) secrets: unknown,
  ): Promise<ConnectorOptionModel[]> {
    return [...(await this.options.ask(principal, key, withoutNulls({ settings, secrets })))];
  }
}
