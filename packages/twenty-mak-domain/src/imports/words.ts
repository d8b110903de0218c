import { cleanText } from '../leads/contact.ts';
import { foldedWords } from '../leads/letters.ts';
import { mistakes } from '../leads/mistakes.ts';

/** A word that a list does not have, and the one of the list that may be meant. */
export interface UnknownWord {
  readonly word: string;
  readonly suggestion: string | null;
}

/** Unlike words that are remembered: files repeat their mistakes. */
const REMEMBERED = 1_000;

/** A closed list of words, for many questions. */
export class WordList {
  private readonly words: ReadonlyMap<string, string>;
  private readonly folded: readonly (readonly [word: string, folded: string])[];
  private readonly remembered = new Map<string, string | null>();

  constructor(words: readonly string[]) {
    const clean = words.map(cleanText).filter((word) => word !== '');
    this.words = new Map(clean.toReversed().map((word) => [word.toLowerCase(), word]));
    this.folded = clean.map((word): [string, string] => [word, folded(word)]);
  }

  /** The word as the list spells it, whatever its case; null when it is not listed. */
  find(text: string): string | null {
    return this.words.get(cleanText(text).toLowerCase()) ?? null;
  }

  /** What somebody may have meant: the listed word that sounds most like it, with one mistake in four letters at most. */
  closest(text: string): string | null {
    const known = this.remembered.get(text);
    if (known !== undefined) return known;
    const found = this.search(folded(text));
    if (this.remembered.size >= REMEMBERED) this.remembered.clear();
    this.remembered.set(text, found);
    return found;
  }

  private search(wanted: string): string | null {
    let closest: string | null = null;
    let fewest = Infinity;
    for (const [word, own] of this.folded) {
      const allowed = Math.max(1, Math.floor(Math.max(own.length, wanted.length) / 4));
      if (Math.abs(own.length - wanted.length) > Math.min(allowed, fewest - 1)) continue;
      const found = mistakes(own, wanted);
      if (found > allowed || found >= fewest) continue;
      closest = word;
      fewest = found;
    }
    return closest;
  }
}

/** As it sounds, and without spaces: GTXPro and GTX Pro agree. */
function folded(text: string): string {
  return foldedWords(text).join('').slice(0, LONGEST);
}

/** Letters that are compared; the work grows with their square. */
const LONGEST = 100;
