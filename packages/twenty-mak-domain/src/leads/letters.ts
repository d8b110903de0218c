/** Cyrillic letters in Latin ones that sound alike, after accents are gone: ё is е, й is и, ї is і by then. */
const LATIN: Readonly<Record<string, string>> = {
  ...{ а: 'a', б: 'b', в: 'v', г: 'g', ґ: 'g', д: 'd', е: 'e', є: 'e', ж: 'ž', з: 'z', и: 'i' },
  ...{ і: 'i', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u' },
  ...{ ф: 'f', х: 'g', ц: 'ĉ', ч: 'č', ш: 'š', щ: 'š', ъ: '', ы: 'i', ь: '', э: 'e', ю: 'iu' },
  ...{ я: 'ia', ł: 'l', ø: 'o', đ: 'd', ı: 'i', ß: 's', æ: 'e', œ: 'e' },
};

/** Spellings of one sound in Latin transcriptions, the longest first. */
const SOUNDS: Readonly<Record<string, string>> = {
  ...{ shch: 'š', sch: 'š', sh: 'š', ch: 'č', zh: 'ž', kh: 'g', ph: 'f', ts: 'ĉ', tz: 'ĉ' },
  ...{ c: 'k', q: 'k', x: 'ks', w: 'v', h: 'g', y: 'i', j: 'i' },
};
const SOUND = new RegExp(Object.keys(SOUNDS).join('|'), 'g');

/**
 * A text as it sounds, for comparison only and never shown: without case, accents, apostrophes and doubled letters, and in
 * Latin whatever alphabet it is in. Иван and Ivan agree, Юлия and Yuliya, Галина and Halyna, Євген and Yevhen.
 */
export function foldLetters(text: string): string {
  const plain = text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[\p{M}'’ʼ‘`´]/gu, '');
  const latin = Array.from(plain, (letter) => LATIN[letter] ?? letter).join('');
  return latin
    .replaceAll(SOUND, (sound) => SOUNDS[sound] ?? sound)
    .replaceAll(/(\p{L})\1+/gu, '$1')
    .replaceAll('ie', 'e');
}

/** The folded words of a text. */
export function foldedWords(text: string): readonly string[] {
  return foldLetters(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}
