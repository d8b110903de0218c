import type { Reach } from './connector.ts';
import type { WorkDone } from './ports.ts';

type Places = Reach['places'];

/** By kind: fields that have another place in the other system than before. What was agreed on of them says nothing of it. */
export function replacedFields(
  before: Places = {},
  now: Places = {},
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(now).map(([entity, places]) => [
      entity,
      Object.keys(places).filter((field) => places[field] !== before[entity]?.[field]),
    ]),
  );
}

/** Without what was agreed on of these fields. */
export function withoutAgreed(one: WorkDone, fields: readonly string[]): WorkDone {
  const others = Object.entries(one.agreed).filter(([field]) => !fields.includes(field));
  return { ...one, agreed: Object.fromEntries(others) };
}
