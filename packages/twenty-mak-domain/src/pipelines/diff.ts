import { compareBytewise } from '../basics/index.ts';
import type { PipelineDefinition } from './definition.ts';

/** One difference. Items with a key are named by it: `stages.briefed.title`; others by their position. */
export interface Change {
  readonly change: 'added' | 'removed' | 'changed' | 'reordered';
  readonly field: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** What differs between two definitions, sorted by field. Absent and undefined are the same. */
export function diffDefinitions(
  before: PipelineDefinition,
  after: PipelineDefinition,
): readonly Change[] {
  return diff('', before, after);
}

function diff(field: string, before: unknown, after: unknown): readonly Change[] {
  if (before === undefined && after === undefined) return [];
  if (before === undefined) return [{ change: 'added', field, after }];
  if (after === undefined) return [{ change: 'removed', field, before }];
  if (Array.isArray(before) && Array.isArray(after)) return diffLists(field, before, after);
  if (isObject(before) && isObject(after)) return diffObjects(field, before, after);
  return before === after ? [] : [{ change: 'changed', field, before, after }];
}

function diffObjects(
  field: string,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): readonly Change[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .toSorted(compareBytewise)
    .flatMap((name) =>
      diff(field === '' ? name : `${field}.${name}`, own(before, name), own(after, name)),
    );
}

function diffLists(
  field: string,
  before: readonly unknown[],
  after: readonly unknown[],
): readonly Change[] {
  const left = named(before);
  const right = named(after);
  const items = diffObjects(field, Object.fromEntries(left), Object.fromEntries(right));
  const common = (one: readonly Entry[], other: readonly Entry[]): readonly string[] => {
    const names = new Set(other.map(([name]) => name));
    return one.map(([name]) => name).filter((name) => names.has(name));
  };
  const from = common(left, right);
  const to = common(right, left);
  return from.join('\n') === to.join('\n')
    ? items
    : [...items, { change: 'reordered', field, before: from, after: to }];
}

type Entry = readonly [name: string, item: unknown];

/** Names each item, so that inserting one does not make all later ones look changed. */
function named(items: readonly unknown[]): readonly Entry[] {
  const counts = new Map<string, number>();
  return items.map((item) => {
    const name = nameOf(item);
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return [count === 0 ? name : `${name}#${count + 1}`, item];
  });
}

function nameOf(item: unknown): string {
  if (!isObject(item)) return String(item);
  const name = ['key', 'type', 'stage', 'gate', 'when'].map((property) => own(item, property));
  return String(name.find((value) => value !== undefined));
}

function own(object: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
