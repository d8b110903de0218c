import { accept, refuse } from '../basics/index.ts';
import type { Decision, Instant } from '../basics/index.ts';
import { isKey } from '../pipelines/names.ts';

/**
 * How the values of a field are asked for:
 * - `choice`: one of the tenant's words or ids: `is`, `empty`
 * - `text`: free text: `is`, `contains`, `empty`, without regard to case
 * - `number`: whole numbers: `is`, `from`, `to`, `empty`
 * - `time`: `from`, `before`, `lastDays`, `empty`
 * - `flag`: `is`
 * - `sealed`: personal data, which a store can only compare: `is`, `empty`
 */
export type FilterType = 'choice' | 'text' | 'number' | 'time' | 'flag' | 'sealed';

export type FilterValue = string | number | boolean;

/** One question about one field; it holds when all that it says holds. */
export interface FieldFilter {
  readonly field: string;
  /** One of these. */
  readonly is?: readonly FilterValue[];
  readonly contains?: string;
  /** Included. */
  readonly from?: number;
  /** Included. */
  readonly to?: number;
  /** Not included. */
  readonly before?: Instant;
  /** Within so many days before the present. */
  readonly lastDays?: number;
  /** Whether there is no value. */
  readonly empty?: boolean;
}

/** A saved segment: questions joined by and, or, not. */
export type RecordFilter =
  | { readonly all: readonly RecordFilter[] }
  | { readonly any: readonly RecordFilter[] }
  | { readonly not: RecordFilter }
  | FieldFilter;

/** What records of one kind can be filtered by; `attributes.<key>` are texts beside the fields. */
export interface Filterable {
  /** What the records are called, to begin a sentence with. */
  readonly name: string;
  readonly fields: Readonly<Record<string, FilterType>>;
}

/** How large a filter may be. */
export const FILTER_LIMITS = {
  depth: 5,
  questions: 50,
  values: 200,
  text: 200,
  days: 36_500,
} as const;

const QUESTIONS: Readonly<Record<FilterType, readonly string[]>> = {
  choice: ['is', 'empty'],
  text: ['is', 'contains', 'empty'],
  number: ['is', 'from', 'to', 'empty'],
  time: ['from', 'before', 'lastDays', 'empty'],
  flag: ['is'],
  sealed: ['is', 'empty'],
};

/** What kind of values a field has; null for a field that such records do not have. */
export function filterType({ fields }: Filterable, field: string): FilterType | null {
  if (Object.hasOwn(fields, field)) return fields[field] ?? null;
  const attribute = /^attributes\.(.*)$/.exec(field)?.[1];
  return attribute !== undefined && isKey(attribute) ? 'text' : null;
}

/**
 * Checks untrusted JSON and gives it back typed. Who may not see contacts may not ask for them either: a filter would tell
 * what masking hides. Refuses with the place at fault: `wrong_type`, `too_deep`, `too_many`, `unknown_field`,
 * `field_not_allowed`, `question_missing`, `question_not_possible` or `value_not_allowed`.
 */
export function checkFilter(
  what: Filterable,
  raw: unknown,
  seesContacts: boolean,
  field = 'filter',
): Decision<RecordFilter> {
  const walk = { what, seesContacts, questions: 0 };
  const checked = checkNode(raw, field, 1, walk);
  return checked.ok ? accept(raw as RecordFilter) : checked;
}

/** Names of the fields that a filter asks for, each once. */
export function filterFields(filter: RecordFilter): ReadonlySet<string> {
  if ('field' in filter) return new Set([filter.field]);
  return new Set(partsOf(filter).flatMap((part) => [...filterFields(part)]));
}

/** Parts of a joined filter. */
export function partsOf(filter: Exclude<RecordFilter, FieldFilter>): readonly RecordFilter[] {
  if ('not' in filter) return [filter.not];
  return 'all' in filter ? filter.all : filter.any;
}

interface Walk {
  readonly what: Filterable;
  readonly seesContacts: boolean;
  questions: number;
}

function checkNode(raw: unknown, path: string, depth: number, walk: Walk): Decision<null> {
  if (depth > FILTER_LIMITS.depth)
    return refuse('too_deep', `A filter is at most ${FILTER_LIMITS.depth} levels deep.`, path);
  if (!isObject(raw))
    return refuse('wrong_type', 'This must be an object with all, any, not or field.', path);
  const names = Object.keys(raw);
  const [name] = names;
  if (names.length === 1 && name === 'not')
    return checkNode(raw['not'], `${path}.not`, depth + 1, walk);
  if (names.length === 1 && (name === 'all' || name === 'any')) {
    const parts = raw[name];
    if (!Array.isArray(parts))
      return refuse('wrong_type', 'This must be a list.', `${path}.${name}`);
    for (const [index, part] of parts.entries()) {
      const checked = checkNode(part, `${path}.${name}.${index}`, depth + 1, walk);
      if (!checked.ok) return checked;
    }
    return countQuestion(walk, path);
  }
  return checkQuestions(raw, path, walk);
}

function countQuestion(walk: Walk, path: string): Decision<null> {
  walk.questions += 1;
  return walk.questions > FILTER_LIMITS.questions
    ? refuse('too_many', `A filter has at most ${FILTER_LIMITS.questions} parts.`, path)
    : accept(null);
}

function checkQuestions(
  { field, ...questions }: Readonly<Record<string, unknown>>,
  path: string,
  walk: Walk,
): Decision<null> {
  if (typeof field !== 'string')
    return refuse('wrong_type', 'This must be an object with all, any, not or field.', path);
  const type = filterType(walk.what, field);
  if (type === null)
    return refuse(
      'unknown_field',
      `${walk.what.name} have no field ${field.slice(0, 80)}; they have ${Object.keys(walk.what.fields).join(', ')} and attributes.`,
      `${path}.field`,
    );
  if (type === 'sealed' && !walk.seesContacts)
    return refuse(
      'field_not_allowed',
      'Who may not see contacts may not filter by them.',
      `${path}.field`,
    );
  const asked = Object.entries(questions).filter(([, value]) => value !== undefined);
  if (asked.length === 0)
    return refuse('question_missing', `Say what to ask: ${QUESTIONS[type].join(', ')}.`, path);
  for (const [name, value] of asked) {
    if (!QUESTIONS[type].includes(name))
      return refuse(
        'question_not_possible',
        `${field} can be asked for by ${QUESTIONS[type].join(', ')}, not by ${name.slice(0, 80)}.`,
        `${path}.${name.slice(0, 80)}`,
      );
    const wrong = wrongValue(name, value, type);
    if (wrong !== null) return refuse('value_not_allowed', wrong, `${path}.${name}`);
  }
  return countQuestion(walk, path);
}

/** Why a value cannot be asked for; null when it can. */
function wrongValue(name: string, value: unknown, type: FilterType): string | null {
  switch (name) {
    case 'is':
      return Array.isArray(value) &&
        value.length > 0 &&
        value.length <= FILTER_LIMITS.values &&
        value.every((one) => isValue(one, type))
        ? null
        : `This must be a list of 1 to ${FILTER_LIMITS.values} values of the field.`;
    case 'empty':
      return typeof value === 'boolean' ? null : 'This must be true or false.';
    case 'contains':
      return isValue(value, 'text')
        ? null
        : `This must be a text of 1 to ${FILTER_LIMITS.text} characters.`;
    case 'lastDays':
      return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= FILTER_LIMITS.days
        ? null
        : `This must be a whole number of days from 1 to ${FILTER_LIMITS.days}.`;
    default:
      return Number.isSafeInteger(value) ? null : 'This must be a whole number.';
  }
}

function isValue(value: unknown, type: FilterType): boolean {
  if (type === 'flag') return typeof value === 'boolean';
  if (type === 'number') return Number.isSafeInteger(value);
  return typeof value === 'string' && value.trim() !== '' && value.length <= FILTER_LIMITS.text;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
