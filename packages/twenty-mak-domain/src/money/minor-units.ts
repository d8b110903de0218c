/** Currencies of ISO 4217 whose smallest unit is not a hundredth. */
const DECIMALS: ReadonlyMap<string, number> = new Map([
  ...decimals(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...decimals(3, 'BHD IQD JOD KWD LYD OMN TND'),
  ...decimals(4, 'CLF UYW'),
]);

/** How many decimals the minor unit of a currency stands for; 2 for currencies that we do not know. */
export function minorUnits(currency: string): number {
  return DECIMALS.get(currency) ?? 2;
}

function decimals(count: number, currencies: string): [string, number][] {
  return currencies.split(' ').map((currency) => [currency, count]);
}
