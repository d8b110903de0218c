export { converterOf } from './converter.ts';
export type { Converter } from './converter.ts';
export { ExchangeRateEntity } from './exchange-rates.entity.ts';
export { ConvertedSumModel } from './exchange-rates.model.ts';
export { ExchangeRatesModule } from './exchange-rates.module.ts';
