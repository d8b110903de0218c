import { ArgsType, Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { SafeIntScalar } from '../../platform/graphql/scalars.ts';

@ObjectType('ConvertedSum', { description: "One sum in the tenant's currency." })
export class ConvertedSumModel {
  @Field(() => String) currency: string;
  @Field(() => SafeIntScalar, { description: 'Minor units; without the missing currencies' })
  amount: number;
  @Field(() => [String], { description: 'Currencies that no rate is known for' })
  missing: readonly string[];
}

@ObjectType('ExchangeRate')
export class ExchangeRateModel {
  @Field(() => String) base: string;
  @Field(() => String) quote: string;
  @Field(() => String, { description: 'YYYY-MM-DD' }) day: string;
  @Field(() => String, {
    description: 'What one unit of base costs in quote from this day on; a decimal number',
  })
  rate: string;
}

@ObjectType('ExchangeRatePage')
export class ExchangeRatePageModel {
  @Field(() => [ExchangeRateModel]) items: ExchangeRateModel[];
  @Field(() => String, { nullable: true, description: 'Cursor of the next page' })
  next: string | null;
}

@ArgsType()
export class ExchangeRatesArgs {
  @Field(() => String, { nullable: true, description: 'Rates from or into this one' })
  currency?: string;
  @Field(() => Int, { nullable: true }) limit?: number;
  @Field(() => String, { nullable: true }) cursor?: string;
}

@InputType()
export class ExchangeRateInput {
  @Field(() => String) base: string;
  @Field(() => String, { nullable: true, description: "Left out: the tenant's currency" })
  quote?: string;
  @Field(() => String, { description: 'YYYY-MM-DD' }) day: string;
  @Field(() => String, { description: 'A decimal number, e.g. "41.2345"' }) rate: string;
}
