/** Languages of MaK; twenty has more. */
export type Language = 'en' | 'ru' | 'uk';

/** The language of MaK that a locale of twenty stands for, e.g. `uk-UA`; else English. */
export function languageOf(locale: string): Language {
  const language = locale.slice(0, 2).toLowerCase();
  return language === 'ru' || language === 'uk' ? language : 'en';
}

export function formatInstant(locale: string, instant: string): string {
  return new Intl.DateTimeFormat(languageOf(locale), {
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(new Date(instant));
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** How far away an instant is, in the largest unit that fits: “in 3 hours”, “2 days ago”. */
export function formatDistance(locale: string, instant: string, now: number): string {
  const distance = Date.parse(instant) - now;
  const [unit, size] = UNITS.find(([, length]) => Math.abs(distance) >= length) ?? UNITS[2];
  return new Intl.RelativeTimeFormat(languageOf(locale), { numeric: 'auto' }).format(
    Math.trunc(distance / size),
    unit,
  );
}
