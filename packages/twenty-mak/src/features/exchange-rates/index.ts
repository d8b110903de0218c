export { ExchangeRateEntity } from './exchange-rates.entity.ts';
