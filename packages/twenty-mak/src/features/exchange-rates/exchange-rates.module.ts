import { Module } from '@nestjs/common';
import { ExchangeRatesController } from './exchange-rates.controller.ts';
import { ExchangeRatesResolver } from './exchange-rates.resolver.ts';
import { ExchangeRatesService } from './exchange-rates.service.ts';

@Module({
  controllers: [ExchangeRatesController],
  providers: [ExchangeRatesResolver, ExchangeRatesService],
})
export class ExchangeRatesModule {}
