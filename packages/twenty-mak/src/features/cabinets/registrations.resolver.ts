import { Inject } from '@nestjs/common';
import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse, uuidField, withoutNulls } from '../../platform/validation/index.ts';
import { DecisionsService } from './decisions.service.ts';
import { decideRegistrationSchema, listRegistrationsSchema } from './registrations.dto.ts';
import {
  decidedModel,
  DecidedRegistrationModel,
  DecideRegistrationInput,
  registrationModel,
  RegistrationModel,
  RegistrationPageModel,
  RegistrationStatusEnum,
} from './registrations.model.ts';

@RequireScope('accounts:manage')
@Resolver(() => RegistrationModel)
export class RegistrationsResolver {
  constructor(@Inject(DecisionsService) private readonly decisions: DecisionsService) {}

  @Query(() => RegistrationPageModel, { description: 'Who has applied, newest first' })
  async registrations(
    @CurrentPrincipal() principal: Principal,
    @Args('status', { type: () => RegistrationStatusEnum, nullable: true })
    status?: RegistrationModel['status'],
    @Args('limit', { type: () => Int, nullable: true }) limit?: number,
    @Args('cursor', { type: () => String, nullable: true }) cursor?: string,
  ): Promise<RegistrationPageModel> {
    const query = parse(listRegistrationsSchema, withoutNulls({ status, limit, cursor }));
    const { items, next } = await this.decisions.list(principal, query);
    return { items: items.map(registrationModel), next };
  }

  @Mutation(() => DecidedRegistrationModel, {
    description: 'Approves an application, which sends an invitation, or rejects it with a reason',
  })
  async decideRegistration(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('input', { type: () => DecideRegistrationInput }) input: DecideRegistrationInput,
  ): Promise<DecidedRegistrationModel> {
    const { leadCapacity, ...rest } = input;
    const decision = parse(
      decideRegistrationSchema,
      withoutNulls({ ...rest, lead_capacity: leadCapacity }),
    );
    return decidedModel(await this.decisions.decide(principal, parse(uuidField, id), decision));
  }
}
