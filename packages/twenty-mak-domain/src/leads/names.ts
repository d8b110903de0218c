import { compareBytewise } from '../basics/index.ts';
import { foldedWords } from './letters.ts';
import { mistakes } from './mistakes.ts';

/** Forms of companies, which say nothing about which company it is. */
const LEGAL_FORMS = new Set(
  [
    ...['ООО', 'ОАО', 'ЗАО', 'ПАО', 'АО', 'ИП', 'ЧП', 'ТОВ', 'ТзОВ', 'ФОП', 'ПП', 'ПрАТ', 'ПАТ'],
    ...['LLC', 'Ltd', 'Limited', 'Inc', 'Corp', 'Corporation', 'Company', 'Co', 'GmbH', 'AG'],
  ].flatMap(foldedWords),
);

/** Scores are in thousandths: 1,000 is the same name. */
export const SAME_NAME = 1_000;
/** From here on two names in one city are taken for one person or company by mistake of whoever wrote them. */
export const ALIKE_NAME = 850;
/** An initial may stand for the name, or for another one. */
const INITIAL = 800;
/** What a word counts that only one of the names has, once two others agree: a patronymic is often left out. */
const LEFT_OUT = 0.25;

/** The words of a name that say who it is, folded and in an order of their own: Петров Иван is Ivan Petrov. */
export function nameWords(name: string): readonly string[] {
  const words = foldedWords(name);
  const own = words.filter((word) => !LEGAL_FORMS.has(word));
  return (own.length === 0 ? words : own).toSorted(compareBytewise);
}

/**
 * How much two names are alike, 0 to 1,000, from their `nameWords`. Each word is paired with the one that is most like it,
 * and pairs weigh by their letters. The same in both directions.
 */
export function nameSimilarity(left: readonly string[], right: readonly string[]): number {
  const pairs = bestPairs(left, right);
  const paired = pairs.map(({ one, other }) => one.length + other.length);
  const alone = lettersOf(left) + lettersOf(right) - sum(paired);
  const whole = sum(paired) + alone * (pairs.length > 1 ? LEFT_OUT : 1);
  if (whole === 0) return 0;
  return Math.floor(sum(pairs.map(({ score }, index) => score * (paired[index] ?? 0))) / whole);
}

/**
 * Keys under which a name is found again by an index: names that share none are not compared. Any two names of at most
 * three words that differ by one mistyped letter, or that have two words in common, share one; other pairs that are alike
 * mostly do.
 *
 * A key is one word and an end of another, so that neither all Ivans of a city nor all Petrovs stand under one key. A
 * letter between both ends belongs to neither, so that one mistake leaves one of them whole.
 */
export function nameBlocks(words: readonly string[]): readonly string[] {
  const [only] = words;
  if (words.length === 1 && only !== undefined)
    return unique(
      only.length < 6
        ? [only]
        : ends(
            only,
            () => 3,
            (length) => length - 4,
          ),
    );
  const longest = words
    .toSorted((left, right) => right.length - left.length || compareBytewise(left, right))
    .slice(0, 3);
  return unique(
    longest.flatMap((word, index) =>
      longest
        .toSpliced(index, 1)
        .flatMap((other) => ends(other, beginning, ending).map((end) => `${word} ${end}`)),
    ),
  );
}

interface Pair {
  readonly one: string;
  readonly other: string;
  readonly score: number;
}

function bestPairs(left: readonly string[], right: readonly string[]): readonly Pair[] {
  const all = left.flatMap((one, from) =>
    right.map((other, to) => ({ one, other, from, to, score: wordSimilarity(one, other) })),
  );
  // Ties by the letters of both, so that the direction does not matter.
  all.sort(
    (a, b) =>
      b.score - a.score ||
      b.one.length + b.other.length - (a.one.length + a.other.length) ||
      compareBytewise([a.one, a.other].toSorted().join(' '), [b.one, b.other].toSorted().join(' ')),
  );
  const [lefts, rights] = [new Set<number>(), new Set<number>()];
  return all.filter(({ score, from, to }) => {
    if (score === 0 || lefts.has(from) || rights.has(to)) return false;
    lefts.add(from);
    rights.add(to);
    return true;
  });
}

function wordSimilarity(left: string, right: string): number {
  if (left === right) return SAME_NAME;
  if (left.length === 1 || right.length === 1) return left[0] === right[0] ? INITIAL : 0;
  const longest = Math.max(left.length, right.length);
  const score = Math.floor((SAME_NAME * (longest - mistakes(left, right))) / longest);
  // Half of the letters in common is no likeness.
  return score > SAME_NAME / 2 ? score : 0;
}

function beginning(length: number): number {
  return length < 5 ? 1 : 2;
}

/** Many names end alike: the longer the word, the more of its end has to agree. */
function ending(length: number): number {
  return Math.min(Math.max(length - 3, 1), 4);
}

/** Both ends of a word, as wide as for its length and for one letter more, which may be the one that is missing. */
function ends(
  word: string,
  first: (length: number) => number,
  last: (length: number) => number,
): readonly string[] {
  return [word.length, word.length + 1].flatMap((length) => [
    `${word.slice(0, first(length))}-`,
    `-${word.slice(-last(length))}`,
  ]);
}

function unique(keys: readonly string[]): readonly string[] {
  return [...new Set(keys)].toSorted(compareBytewise);
}

function lettersOf(words: readonly string[]): number {
  return sum(words.map((word) => word.length));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
