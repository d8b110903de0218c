// The order matters: most browsers also name those they descend from.
const BROWSERS = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['YaBrowser/', 'Yandex Browser'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const;

const SYSTEMS = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const;

/** What a person recognises of a User-Agent, e.g. `Chrome, Windows`; the text itself when nothing is known. */
export function browserName(userAgent: string): string {
  const found = [BROWSERS, SYSTEMS]
    .map((list) => list.find(([mark]) => userAgent.includes(mark))?.[1])
    .filter((name) => name !== undefined);
  return found.length > 0 ? found.join(', ') : userAgent.slice(0, 60);
}
