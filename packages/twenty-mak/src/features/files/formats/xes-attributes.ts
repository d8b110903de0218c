import type { Json } from 'twenty-mak-domain';
import { FileError } from '../../../platform/tables/index.ts';

export type Attributes = Record<string, Json>;

/** Levels of attributes within attributes. */
const MAX_DEPTH = 16;
/** Attributes of one event or trace. */
const MAX_ATTRIBUTES = 1_000;

const VALUE_TAGS = new Set([
  'string',
  'date',
  'int',
  'float',
  'boolean',
  'id',
  'list',
  'container',
]);

interface OpenAttribute {
  readonly key: string;
  readonly value: Json;
  /** The items of a list may share a key and have an order; other children are properties. */
  readonly isList: boolean;
  /** `<values>` around the items of a list; the items belong to the list. */
  readonly isWrapper: boolean;
  children: Attributes | undefined;
  items: Json[] | undefined;
}

/** Reads the attributes of an event or a trace, with those within them. */
export class AttributeReader {
  /** Open attributes, outermost first. */
  private readonly path: OpenAttribute[] = [];
  private count = 0;
  private readonly progress: () => string;

  /** `progress` says how far the reading came, for messages. */
  constructor(progress: () => string) {
    this.progress = progress;
  }

  /** A new event or trace: its attributes are counted anew. */
  begin(): void {
    this.count = 0;
  }

  /** Throws FileError for an element that is no attribute, and for too many of them. */
  open(tag: string, { key, value }: Record<string, string>): void {
    this.count += 1;
    if (this.count > MAX_ATTRIBUTES || this.path.length >= MAX_DEPTH) {
      throw new FileError(
        'too_many_attributes',
        `An event or trace has more than ${MAX_ATTRIBUTES} attributes or ${MAX_DEPTH} levels of them. ${this.progress()}`,
      );
    }
    const isWrapper = tag === 'values' && this.path.length > 0;
    if (!isWrapper && (!VALUE_TAGS.has(tag) || key === undefined)) {
      throw new FileError(
        'not_xes',
        `<${tag}> is no attribute of XES, or lacks its key. ${this.progress()}`,
      );
    }
    this.path.push({
      key: key ?? tag,
      value: tag === 'list' || tag === 'container' || isWrapper ? null : typed(tag, value ?? ''),
      isList: tag === 'list' || isWrapper,
      isWrapper,
      children: undefined,
      items: undefined,
    });
  }

  /** Ends the innermost attribute; an outermost one becomes a member of `target`. False when none is open. */
  close(target: Attributes): boolean {
    const attribute = this.path.pop();
    if (attribute === undefined) return false;
    const { key, value, isWrapper, children, items } = attribute;
    const inner = items ?? children;
    const whole = inner === undefined ? value : value === null ? inner : { value, children: inner };
    const parent = this.path.at(-1);
    if (parent === undefined) define(target, key, whole);
    else if (parent.isList)
      (parent.items ??= []).push(...(isWrapper ? (items ?? []) : [{ [key]: whole }]));
    else define((parent.children ??= {}), key, whole);
    return true;
  }
}

/** Also for keys such as `__proto__`, which an assignment would not make a property of. */
function define(target: Attributes, key: string, value: Json): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  else target[key] = value;
}

/** Numbers and truth values as such; what does not fit stays the text of the file. */
function typed(tag: string, value: string): Json {
  if (tag === 'int' || tag === 'float') {
    const number = value.trim() === '' ? Number.NaN : Number(value);
    const isExact = tag === 'int' ? Number.isSafeInteger(number) : Number.isFinite(number);
    return isExact ? number : value;
  }
  if (tag === 'boolean')
    return value === 'true' || value === '1'
      ? true
      : value === 'false' || value === '0'
        ? false
        : value;
  return value;
}
