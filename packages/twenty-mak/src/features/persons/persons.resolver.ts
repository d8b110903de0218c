import { Inject } from '@nestjs/common';
import { Args, Field, InputType, Int, Mutation, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse } from '../../platform/validation/index.ts';
import { erasePersonSchema } from './persons.dto.ts';
import { PersonsService } from './persons.service.ts';

@InputType({ description: 'Exactly one way to name the person' })
export class ErasePersonInput {
  @Field(() => String, { nullable: true }) id?: string;
  @Field(() => String, { nullable: true }) email?: string;
  @Field(() => String, { nullable: true }) phone?: string;
}

@Resolver()
export class PersonsResolver {
  constructor(@Inject(PersonsService) private readonly persons: PersonsService) {}

  @RequireScope('persons:erase')
  @Mutation(() => Int, {
    description:
      'Makes the contact data of a person unreadable for good; gives the number of destroyed keys.',
  })
  async erasePerson(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { type: () => ErasePersonInput }) input: ErasePersonInput,
  ): Promise<number> {
    const { erased_keys } = await this.persons.erase(principal, parse(erasePersonSchema, input));
    return erased_keys;
  }
}
