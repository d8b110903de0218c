import type { Values } from 'twenty-mak-domain';
import type { Whole } from './ports.ts';

/** To which records of a kind a sync is limited. */
export interface Choice {
  /** MaK's ids. */
  readonly ids?: readonly string[] | undefined;
  /** Ids of pipelines whose records are chosen. */
  readonly pipelines?: readonly string[] | undefined;
  /** Whether records that only the other system has are brought over. */
  readonly created_there: boolean;
}

/** By kind of records; a kind that is not there is not limited. */
export type Choices = Readonly<Record<string, Choice>>;

/** Whether a record of MaK is among the chosen ones; with neither ids nor pipelines all are. */
export function chooserOf(
  choice: Choice | undefined,
): ((localId: string, values: Values) => boolean) | undefined {
  if (choice?.ids === undefined && choice?.pipelines === undefined) return undefined;
  const [ids, pipelines] = [new Set(choice.ids), new Set(choice.pipelines)];
  return (localId, { pipeline }) =>
    ids.has(localId) || (typeof pipeline === 'string' && pipelines.has(pipeline));
}

/** With which records others go over that are parts of them; undefined when all of these do. */
export function wholeOf(
  partOf: Pick<Whole, 'field' | 'entity'> | undefined,
  entities: readonly string[],
  chosen: Choices,
): Whole | undefined {
  if (partOf === undefined) return undefined;
  if (!entities.includes(partOf.entity)) return { ...partOf, chooses: () => false };
  const chooses = chooserOf(chosen[partOf.entity]);
  return chooses === undefined ? undefined : { ...partOf, chooses };
}
