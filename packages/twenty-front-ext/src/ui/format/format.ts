/** Currency, number and time in the person's language. All times are milliseconds, all amounts minor units. */
export interface Format {
  readonly number: (value: number) => string;
  readonly percent: (share: number) => string;
  /** Minor units of a currency, e.g. 12345 and EUR: €123.45; an unknown currency is shown as it is. */
  readonly money: (minor: number, currency: string) => string;
  /** Short, for cards and columns: €1.2M. */
  readonly shortMoney: (minor: number, currency: string) => string;
  readonly date: (at: string | number) => string;
  /** Without the year, for axes: 1 Mar. */
  readonly dayMonth: (at: string | number) => string;
  /** Mar 2026. */
  readonly month: (at: string | number) => string;
  readonly dateTime: (at: string | number) => string;
  /** The time of day, short. */
  readonly time: (at: string | number) => string;
  /** Two largest units of a span: `2d 3h`. Never negative. */
  readonly duration: (milliseconds: number) => string;
  /** `in 3 hours`, `2 days ago`. */
  readonly relative: (at: string | number, now: number) => string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNITS = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
] as const;

export function createFormat(locale: string, timeZone: string): Format {
  const numbers = new Intl.NumberFormat(locale);
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone });
  const dateTimes = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  });
  const times = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone });
  const dayMonths = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone });
  const months = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone });
  const relatives = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const units = new Map(
    UNITS.map(([unit]) => [
      unit,
      new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'narrow' }),
    ]),
  );
  const currencies = new Map<string, Intl.NumberFormat | null>();

  function currencyFormat(currency: string, short: boolean): Intl.NumberFormat | null {
    const key = `${currency}${short}`;
    const known = currencies.get(key);
    if (known !== undefined) return known;
    let format: Intl.NumberFormat | null = null;
    try {
      format = new Intl.NumberFormat(locale, {
        style: 'currency',
        currency,
        ...(short ? { notation: 'compact', maximumFractionDigits: 1 } : {}),
      });
    } catch {
      // Not three letters: shown as a number with what was given.
    }
    currencies.set(key, format);
    return format;
  }

  function money(minor: number, currency: string, short: boolean): string {
    const format = currencyFormat(currency, short);
    if (format === null) return `${numbers.format(minor)} ${currency}`;
    const digits =
      new Intl.NumberFormat(locale, { style: 'currency', currency }).resolvedOptions()
        .maximumFractionDigits ?? 2;
    return format.format(minor / 10 ** digits);
  }

  return {
    number: (value) => numbers.format(value),
    percent: (share) => percents.format(share),
    money: (minor, currency) => money(minor, currency, false),
    shortMoney: (minor, currency) => money(minor, currency, true),
    date: (at) => dates.format(new Date(at)),
    dayMonth: (at) => dayMonths.format(new Date(at)),
    month: (at) => months.format(new Date(at)),
    dateTime: (at) => dateTimes.format(new Date(at)),
    time: (at) => times.format(new Date(at)),
    duration: (milliseconds) => {
      const span = Math.max(0, milliseconds);
      const parts: string[] = [];
      let rest = span;
      for (const [unit, size] of UNITS) {
        const count = Math.floor(rest / size);
        rest -= count * size;
        if (count > 0 || (unit === 'minute' && parts.length === 0)) {
          parts.push(units.get(unit)?.format(count) ?? String(count));
        }
        if (parts.length === 2) break;
      }
      return parts.join(' ');
    },
    relative: (at, now) => {
      const span = new Date(at).getTime() - now;
      const [unit, size] = UNITS.find(([, one]) => Math.abs(span) >= one) ?? UNITS[2];
      return relatives.format(Math.round(span / size), unit);
    },
  };
}
