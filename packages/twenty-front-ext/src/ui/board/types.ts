/** What may become of a card over a column. */
export type Verdict =
  /** The card is there already. */
  | { readonly kind: 'here' }
  | { readonly kind: 'possible' }
  /** Why not, in a short sentence. */
  | { readonly kind: 'impossible'; readonly reason: string };

/** The least a board knows of a card. */
export interface BoardCard {
  readonly id: string;
  /** What a screen reader calls it. */
  readonly name: string;
}

export interface BoardColumn<Card extends BoardCard> {
  readonly key: string;
  readonly title: string;
  /** A colour of the theme, e.g. `blue`. */
  readonly color: string;
  /** How many there are in all, loaded or not, as text. */
  readonly count: string;
  /** What they add up to; empty when nothing does. */
  readonly summary: string;
  readonly cards: readonly Card[];
  readonly hasMore: boolean;
}

export type Verdicts = ReadonlyMap<string, Verdict>;
