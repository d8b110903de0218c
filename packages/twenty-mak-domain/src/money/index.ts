export { convertSums, rateBetween } from './convert.ts';
export type { ConvertedSum, DatedRate, Sum } from './convert.ts';
export { minorUnits } from './minor-units.ts';
export { parseAmount } from './parse-amount.ts';
export { parseRate } from './rate.ts';
export type { Rate } from './rate.ts';
