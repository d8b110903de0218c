import type { Refusal, TextRange } from '../basics/index.ts';
import { isIdentifier, isKey, isLine } from './names.ts';

/** What an editor can show at once; further findings of a broken text say nothing new. */
const MAX_FINDINGS = 100;

/** Collects refusals. */
export class Findings {
  readonly list: Refusal[] = [];

  add(code: string, reason: string, field: string, range?: TextRange): void {
    if (this.list.length >= MAX_FINDINGS) return;
    this.list.push({ code, reason, field, ...(range === undefined ? {} : { range }) });
  }
}

/** Looks at one value of untrusted JSON; `field` is its path. Says whether the value has the right form. */
export type Check = (value: unknown, field: string, found: Findings) => boolean;

/** Joins a path: `events`, `3` → `events.3`. */
export function at(field: string, name: string | number): string {
  return field === '' ? `${name}` : `${field}.${name}`;
}

function fail(found: Findings, code: string, reason: string, field: string): false {
  found.add(code, reason, field);
  return false;
}

function isText(value: unknown, field: string, found: Findings): value is string {
  return typeof value === 'string' || fail(found, 'wrong_type', 'This must be a text.', field);
}

/** A printable line of 1 to 200 characters. */
export const line: Check = (value, field, found) =>
  isText(value, field, found) &&
  (isLine(value) ||
    fail(
      found,
      'text_invalid',
      'This must be 1 to 200 printable characters, without spaces at its ends.',
      field,
    ));

/** A key: letters, digits, `-` and `_`, at most 64, a letter first. */
export const key: Check = (value, field, found) =>
  isText(value, field, found) &&
  (isKey(value) ||
    fail(
      found,
      'key_invalid',
      'A key begins with a letter and has at most 64 letters, digits, - and _; names that every object has, such as `constructor`, are not keys.',
      field,
    ));

/** A key that predicates can write after a dot. */
export const identifier: Check = (value, field, found) =>
  isText(value, field, found) &&
  (isIdentifier(value) ||
    fail(
      found,
      'key_invalid',
      'A gate begins with a letter and has at most 64 letters, digits and _; true, false, null, in and names that every object has, such as `constructor`, are not gates.',
      field,
    ));

/** Any text with something in it; predicates are read by the compiler, which has its own limit. */
export const predicate: Check = (value, field, found) =>
  isText(value, field, found) &&
  (value.trim() !== '' || fail(found, 'predicate_empty', 'A predicate is missing here.', field));

export const flag: Check = (value, field, found) =>
  typeof value === 'boolean' || fail(found, 'wrong_type', 'This must be true or false.', field);

export function oneOf(...values: readonly string[]): Check {
  return (value, field, found) =>
    (typeof value === 'string' && values.includes(value)) ||
    fail(found, 'value_not_allowed', `This must be one of: ${values.join(', ')}.`, field);
}

export interface ListLimits {
  readonly min?: number;
  readonly max: number;
  readonly code?: string;
  /** What to do about too many. */
  readonly advice?: string;
}

/** A list of `item`s. */
export function list(
  item: Check,
  { min = 0, max, code = 'too_many', advice = '' }: ListLimits,
): Check {
  return (value, field, found) => {
    if (!Array.isArray(value)) return fail(found, 'wrong_type', 'This must be a list.', field);
    if (value.length < min) {
      return fail(found, 'too_few', `At least ${min} is needed here.`, field);
    }
    if (value.length > max) {
      return fail(
        found,
        code,
        `At most ${max} are allowed here; there are ${value.length}.${advice}`,
        field,
      );
    }
    return every(value, (one, index) => item(one, at(field, index), found));
  };
}

/** An object whose names pass `name` and whose values pass `value`. */
export function record(name: Check, value: Check, max: number): Check {
  return (input, field, found) => {
    if (!isObject(input)) return fail(found, 'wrong_type', 'This must be an object.', field);
    const entries = Object.entries(input);
    if (entries.length > max) {
      return fail(
        found,
        'too_many',
        `At most ${max} are allowed here; there are ${entries.length}.`,
        field,
      );
    }
    return every(entries, ([entry, content]) => {
      const path = at(field, entry);
      return name(entry, path, found) && value(content, path, found);
    });
  };
}

export type Properties = Readonly<Record<string, Check>>;

/** An object with the `required` properties, perhaps the `optional` ones, and no others. */
export function object(what: string, required: Properties, optional: Properties = {}): Check {
  const known = new Map([...Object.entries(required), ...Object.entries(optional)]);
  return (value, field, found) => {
    if (!isObject(value)) {
      return fail(found, 'wrong_type', `This must be an object: ${what}.`, field);
    }
    const missing = Object.keys(required).filter(
      (name) => !Object.hasOwn(value, name) || value[name] === undefined,
    );
    for (const name of missing) {
      found.add('missing_property', `${what} needs \`${name}\`.`, at(field, name));
    }
    const right = every(Object.entries(value), ([name, content]) => {
      const check = known.get(name);
      if (check !== undefined)
        return content === undefined || check(content, at(field, name), found);
      const names = [...known.keys()].join(', ');
      return fail(
        found,
        'unknown_property',
        `${what} has no \`${name.slice(0, 80)}\`; it has ${names}.`,
        at(field, name.slice(0, 80)),
      );
    });
    return right && missing.length === 0;
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Like `Array.every`, but looks at all: an editor wants every finding. */
function every<T>(items: readonly T[], test: (item: T, index: number) => boolean): boolean {
  return items.reduce((right, item, index) => test(item, index) && right, true);
}
