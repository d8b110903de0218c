import { memberOf } from '../../../app/data/member-of.ts';

/** Which cards of KeyCRM are deals, as it is typed. */
export interface CardValues {
  /** Ids of funnels there, the one that new cards go to first; none: no card is a deal. */
  readonly funnels: readonly string[];
  /** Id of the pipeline that the deals are of; empty: the default one. */
  readonly pipeline: string;
  /** Uuid of the custom field there that holds MaK's id; empty: there is none. */
  readonly field: string;
}

export function cardsOf(settings: unknown): CardValues {
  const stored = memberOf(settings, 'cards');
  const [funnels, pipeline, field] = ['funnels', 'pipeline', 'field'].map((name) =>
    memberOf(stored, name),
  );
  return {
    funnels: Array.isArray(funnels) ? funnels.map(String) : [],
    pipeline: typeof pipeline === 'string' ? pipeline : '',
    field: typeof field === 'string' ? field : '',
  };
}

/** What is sent. */
export function cardSettings({ funnels, pipeline, field }: CardValues): object | null {
  if (funnels.length === 0) return null;
  return {
    funnels: funnels.map(Number),
    pipeline: pipeline === '' ? null : pipeline,
    field: field.trim() === '' ? null : field.trim(),
  };
}

/** Funnels in the order that they were chosen in: new cards go on to where they went, whatever order they are shown in. */
export function withFunnels(
  before: readonly string[],
  chosen: readonly string[],
): readonly string[] {
  return [...new Set([...before, ...chosen])].filter((one) => chosen.includes(one));
}

/** The same funnels, of which this one gets new cards. */
export function withFirst(funnels: readonly string[], first: string): readonly string[] {
  return [first, ...funnels.filter((one) => one !== first)];
}
