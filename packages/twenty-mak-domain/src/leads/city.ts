import { foldedWords } from './letters.ts';

/** Words that say that a city follows. */
const TITLES = new Set(
  ['г', 'гор', 'город', 'м', 'місто', 'мисто', 'city', 'пгт', 'смт'].flatMap(foldedWords),
);

/** Names of one city that do not sound alike. */
const SAME: readonly (readonly string[])[] = [
  ['Киев', 'Київ', 'Kyiv'],
  ['Харьков', 'Харків'],
  ['Львов', 'Львів', 'Lemberg'],
  ['Днепр', 'Дніпро', 'Днепропетровск', 'Дніпропетровськ'],
  ['Запорожье', 'Запоріжжя'],
  ['Николаев', 'Миколаїв', 'Mykolaiv'],
  ['Кривой Рог', 'Кривий Ріг'],
  ['Чернигов', 'Чернігів'],
  ['Черновцы', 'Чернівці'],
  ['Тернополь', 'Тернопіль'],
  ['Ровно', 'Рівне'],
  ['Ивано-Франковск', 'Івано-Франківськ'],
  ['Кропивницкий', 'Кропивницький', 'Кировоград', 'Кіровоград'],
  ['Москва', 'Moscow'],
  ['Санкт-Петербург', 'Saint Petersburg', 'St. Petersburg', 'Петербург', 'Питер', 'СПб'],
  ['Екатеринбург', 'Екб'],
  ['Алматы', 'Алма-Ата'],
  ['Минск', 'Менск'],
  ['Варшава', 'Warszawa', 'Warsaw'],
  ['Прага', 'Praha', 'Prague'],
];

const CANONICAL: ReadonlyMap<string, string> = new Map(
  SAME.flatMap((names) => {
    const keys = names.map(joined);
    return keys.map((key): [string, string] => [key, keys[0] ?? key]);
  }),
);

/**
 * What two spellings of a city have in common: `г. Киев`, `Kyiv` and `м. Київ, Україна` agree. Null when no name is left. What
 * follows a comma or stands in parentheses is no part of the name.
 */
export function cityKey(city: string): string | null {
  const key = joined(city.replace(/[,(].*$/su, ''));
  return key === '' ? null : (CANONICAL.get(key) ?? key);
}

function joined(name: string): string {
  const words = foldedWords(name);
  const own = words.filter((word) => !TITLES.has(word));
  return own.join(' ');
}
