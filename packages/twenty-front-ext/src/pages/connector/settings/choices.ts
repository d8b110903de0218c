import type { ConnectorChoiceInput, ConnectorLineFragment } from '../../../generated/graphql.ts';

/** To which records of a kind the sync is limited, as it is typed. */
export interface ChoiceValues {
  readonly entity: string;
  /** Ids of pipelines. */
  readonly pipelines: readonly string[];
  /** Ids in MaK, with blanks or lines between them. */
  readonly ids: string;
  readonly createdThere: boolean;
}

export function choicesOf({
  chosen,
}: Pick<ConnectorLineFragment, 'chosen'>): readonly ChoiceValues[] {
  return chosen.map(({ entity, ids, pipelines, createdThere }) => ({
    entity,
    pipelines: pipelines ?? [],
    ids: (ids ?? []).join('\n'),
    createdThere,
  }));
}

/** What is sent; a kind that is not limited in any way is left out. */
export function chosenOf(choices: readonly ChoiceValues[]): ConnectorChoiceInput[] {
  return choices.flatMap(({ entity, pipelines, ids, createdThere }) => {
    const named = [...new Set(ids.split(/[\s,;]+/).filter((id) => id !== ''))];
    if (named.length === 0 && pipelines.length === 0 && createdThere) return [];
    return [
      {
        entity,
        ...(named.length === 0 ? {} : { ids: named }),
        ...(pipelines.length === 0 ? {} : { pipelines: [...pipelines] }),
        createdThere,
      },
    ];
  });
}

/** The choices with that of one kind as it is now; null: the kind is not limited. */
export function withChoice(
  choices: readonly ChoiceValues[],
  entity: string,
  choice: ChoiceValues | null,
): readonly ChoiceValues[] {
  const others = choices.filter((one) => one.entity !== entity);
  return choice === null ? others : [...others, choice];
}
