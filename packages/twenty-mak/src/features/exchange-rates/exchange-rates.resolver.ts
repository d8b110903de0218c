import { Inject } from '@nestjs/common';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse, withoutNulls } from '../../platform/validation/index.ts';
import { listRatesSchema, rateKeySchema, setRatesSchema } from './exchange-rates.dto.ts';
import {
  ExchangeRateInput,
  ExchangeRateModel,
  ExchangeRatePageModel,
  ExchangeRatesArgs,
} from './exchange-rates.model.ts';
import { ExchangeRatesService } from './exchange-rates.service.ts';

@Resolver(() => ExchangeRateModel)
export class ExchangeRatesResolver {
  constructor(@Inject(ExchangeRatesService) private readonly service: ExchangeRatesService) {}

  @RequireScope('deals:read')
  @Query(() => ExchangeRatePageModel, { description: 'Newest day first' })
  async exchangeRates(
    @CurrentPrincipal() principal: Principal,
    @Args({ type: () => ExchangeRatesArgs }) args: ExchangeRatesArgs,
  ): Promise<ExchangeRatePageModel> {
    const page = await this.service.list(principal, parse(listRatesSchema, withoutNulls(args)));
    return { items: [...page.items], next: page.next };
  }

  @RequireScope('tenant:manage')
  @Mutation(() => [ExchangeRateModel], {
    description: 'Adds rates, or replaces those of the same pair and day; all or none',
  })
  setExchangeRates(
    @CurrentPrincipal() principal: Principal,
    @Args('rates', { type: () => [ExchangeRateInput] }) rates: ExchangeRateInput[],
  ): Promise<ExchangeRateModel[]> {
    const request = parse(setRatesSchema, { rates: rates.map(withoutNulls) });
    return this.service.set(principal, request);
  }

  @RequireScope('tenant:manage')
  @Mutation(() => Boolean, { description: 'The rate before it holds again' })
  async deleteExchangeRate(
    @CurrentPrincipal() principal: Principal,
    @Args('base', { type: () => String }) base: string,
    @Args('quote', { type: () => String }) quote: string,
    @Args('day', { type: () => String }) day: string,
  ): Promise<boolean> {
    await this.service.delete(principal, parse(rateKeySchema, { base, quote, day }));
    return true;
  }
}
