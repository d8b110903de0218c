import { accept, refuse } from '../basics/index.ts';
import type { Decision } from '../basics/index.ts';
import { recordableFacts } from '../pipelines/index.ts';
import type { CompiledPipeline } from '../pipelines/index.ts';
import type { JsonObject } from './event.ts';
import { creates } from './mapping.ts';

/** What a person says has happened to a deal. */
export interface SaidFact {
  readonly type: string;
  /** Members that the pipeline asks for, and no others. */
  readonly data: Readonly<Record<string, string>>;
  readonly comment?: string | undefined;
}

/**
 * The data of the event by which a person records a fact of a deal. It is one that the pipeline lists for the deal now
 * (`recordableFacts`) and that creates no deal; what else data can say, such as whose the deal is, people do not say this
 * way. Refuses with `fact_not_recordable`.
 */
export function dataOfFact(
  pipeline: CompiledPipeline,
  facts: number,
  current: string,
  { type, data, comment }: SaidFact,
): Decision<JsonObject> {
  const listed = recordableFacts(pipeline, facts, current).find(
    ({ effects }) => effects.type === type && sameMembers(effects.where ?? {}, data),
  );
  const all: JsonObject = { ...data, ...(comment === undefined ? {} : { comment }) };
  // The first mapping whose conditions hold decides what the event does, and a comment may be such a condition.
  if (listed === undefined || creates(pipeline, { type, data: all }))
    return refuse(
      'fact_not_recordable',
      `Nobody can record ${type.slice(0, 80)} with these data about this deal now; \`recordableFacts\` lists what can be.`,
      'type',
    );
  return accept(all);
}

function sameMembers(
  left: Readonly<Record<string, string>>,
  right: Readonly<Record<string, string>>,
): boolean {
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && right[name] === left[name])
  );
}
