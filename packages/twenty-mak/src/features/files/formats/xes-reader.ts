import { parseInstant } from 'twenty-mak-domain';
import type { Json } from 'twenty-mak-domain';
import { SaxesParser } from 'saxes';
import { FileError } from './file-error.ts';
import { eventIdOf } from './file-event.ts';
import type { FileItem } from './file-event.ts';
import type { FileMapping } from './mapping.ts';
import { quote, readAmount } from './values.ts';

type Attributes = Record<string, Json>;

/** Levels of attributes within attributes. */
const MAX_DEPTH = 16;
/** Attributes of one event or trace. */
const MAX_ATTRIBUTES = 1_000;
/** Characters without a new element: longer ones are an attack or no XES. */
const MAX_SILENCE = 4 * 1024 * 1024;

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

/**
 * Events of a log in XES (IEEE 1849), batch by batch as the text arrives. An event that lacks a name, a time or a
 * case is a problem of its own; text that is no XES ends the reading with a FileError.
 */
export async function* readXes(
  text: AsyncIterable<string>,
  mapping: FileMapping = {},
): AsyncGenerator<FileItem[]> {
  const log = new LogReader(mapping);
  for await (const chunk of text) {
    const failure = log.write(chunk);
    const items = log.take();
    if (items.length > 0) yield items;
    if (failure !== undefined) throw failure;
  }
  log.close();
}

/** Keys of the attributes that make an event, and what stands for the file. */
interface Names {
  readonly case: string;
  readonly type: string;
  readonly time: string;
  readonly source: string;
  readonly system: string;
}

function namesOf(mapping: FileMapping): Names {
  const known = new Set(['source', 'system', 'case', 'type', 'time', 'deal']);
  const key = (member: 'case' | 'type' | 'time', standard: string): string => {
    const given = mapping[member] ?? standard;
    if (typeof given === 'string') return given;
    throw new FileError(
      'invalid_mapping',
      `\`mapping.${member}\` is the key of an attribute when the file is XES.`,
      `mapping.${member}`,
    );
  };
  const foreign = Object.keys(mapping).find((member) => !known.has(member));
  if (foreign !== undefined) {
    throw new FileError(
      'invalid_mapping',
      `\`mapping.${foreign}\` means nothing for XES, which says itself what its attributes are.`,
      `mapping.${foreign}`,
    );
  }
  const source = mapping.source ?? 'xes';
  return {
    case: key('case', 'concept:name'),
    type: key('type', 'concept:name'),
    time: key('time', 'time:timestamp'),
    source,
    system: mapping.system ?? source,
  };
}

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

/** What is open around the parser's position. `skipped` are elements of the log that hold no events. */
type Scope = 'start' | 'log' | 'trace' | 'event' | 'skipped';

class LogReader {
  private readonly parser = new SaxesParser({ xmlns: false, position: true });
  private readonly names: Names;
  private readonly mapping: FileMapping;
  private items: FileItem[] = [];
  private silence = 0;
  private sawElement = false;
  private scope: Scope = 'start';
  private isInTrace = false;
  private skippedDepth = 0;
  private trace: Attributes = {};
  private event: Attributes = {};
  private count = 0;
  /** Open attributes, outermost first, with the place their children go to. */
  private path: OpenAttribute[] = [];
  private index = 0;
  private place = 0;

  constructor(mapping: FileMapping) {
    this.mapping = mapping;
    this.names = namesOf(mapping);
    this.parser.on('error', (error) => {
      throw new FileError(
        'malformed_xml',
        `The XML is broken at line ${error.message.replace(/^(\d+):(\d+): /, '$1, column $2: ').replace(/\.$/, '')}. ${this.progress()}`,
      );
    });
    this.parser.on('doctype', () => {
      throw new FileError(
        'doctype_refused',
        'The file has a document type declaration. A log needs none; it is refused because entities can read other files or grow without end.',
      );
    });
    this.parser.on('opentag', ({ name, attributes }) => this.open(name, attributes));
    this.parser.on('closetag', ({ name }) => this.shut(name));
  }

  /** Reads on; the error, if any, is returned so that the events before it are not lost. */
  write(chunk: string): FileError | undefined {
    this.sawElement = false;
    try {
      this.parser.write(chunk);
    } catch (error) {
      if (error instanceof FileError) return error;
      throw error;
    }
    this.silence = this.sawElement ? 0 : this.silence + chunk.length;
    if (this.silence > MAX_SILENCE) {
      return new FileError(
        'value_too_large',
        `A single value has more than ${MAX_SILENCE} characters. ${this.progress()}`,
      );
    }
    return undefined;
  }

  take(): FileItem[] {
    const { items } = this;
    this.items = [];
    return items;
  }

  close(): void {
    if (this.scope === 'start')
      throw new FileError('not_xes', 'The file has no <log>; it is no XES.');
    this.parser.close();
  }

  private progress(): string {
    return `${this.place} events were read before.`;
  }

  private open(name: string, attributes: Record<string, string>): void {
    this.sawElement = true;
    switch (this.scope) {
      case 'start':
        if (name !== 'log')
          throw new FileError(
            'not_xes',
            `The file begins with <${name}> and not with <log>; it is no XES.`,
          );
        this.scope = 'log';
        return;
      case 'log':
        this.openInLog(name);
        return;
      case 'skipped':
        this.skippedDepth += 1;
        return;
      case 'trace':
        if (name === 'event') this.beginEvent();
        else this.openAttribute(name, attributes);
        return;
      case 'event':
        this.openAttribute(name, attributes);
    }
  }

  private openInLog(name: string): void {
    if (name === 'trace') {
      this.scope = 'trace';
      this.isInTrace = true;
      this.trace = {};
      this.count = 0;
      this.index = 0;
    } else if (name === 'event') {
      this.trace = {};
      this.beginEvent();
    } else {
      this.scope = 'skipped';
      this.skippedDepth = 1;
    }
  }

  private beginEvent(): void {
    this.scope = 'event';
    this.event = {};
    this.count = 0;
  }

  private openAttribute(tag: string, { key, value }: Record<string, string>): void {
    this.count += 1;
    if (this.count > MAX_ATTRIBUTES || this.path.length >= MAX_DEPTH) {
      throw new FileError(
        'too_many_attributes',
        `A ${this.scope} has more than ${MAX_ATTRIBUTES} attributes or ${MAX_DEPTH} levels of them. ${this.progress()}`,
      );
    }
    // `values` is the wrapper of a list's items in newer versions of the standard.
    const isValues = tag === 'values' && this.path.length > 0;
    if (!isValues && (!VALUE_TAGS.has(tag) || key === undefined)) {
      throw new FileError(
        'not_xes',
        `<${tag}> is no attribute of XES, or lacks its key. ${this.progress()}`,
      );
    }
    this.path.push({
      key: key ?? tag,
      value: tag === 'list' || tag === 'container' || isValues ? null : typed(tag, value ?? ''),
      isList: tag === 'list' || isValues,
      isWrapper: isValues,
      children: undefined,
      items: undefined,
    });
  }

  private shut(name: string): void {
    if (this.scope === 'skipped') {
      this.skippedDepth -= 1;
      if (this.skippedDepth === 0) this.scope = 'log';
      return;
    }
    const attribute = this.path.pop();
    if (attribute !== undefined) {
      this.addToParent(attribute);
    } else if (name === 'event') {
      this.place += 1;
      this.items.push(this.finishEvent());
      this.index += 1;
      this.scope = this.isInTrace ? 'trace' : 'log';
    } else if (name === 'trace') {
      this.isInTrace = false;
      this.scope = 'log';
    }
  }

  private addToParent({ key, value, isWrapper, children, items }: OpenAttribute): void {
    const inner = items ?? children;
    const whole = inner === undefined ? value : value === null ? inner : { value, children: inner };
    const parent = this.path.at(-1);
    if (parent === undefined) define(this.scope === 'event' ? this.event : this.trace, key, whole);
    else if (parent.isList)
      (parent.items ??= []).push(...(isWrapper ? (items ?? []) : [{ [key]: whole }]));
    else define((parent.children ??= {}), key, whole);
  }

  private finishEvent(): FileItem {
    const { names, place } = this;
    const { [names.type]: type, [names.time]: time, ...data } = this.event;
    const caseId = this.trace[names.case];
    if (typeof caseId !== 'string' && typeof caseId !== 'number') {
      return this.problem(
        'case_missing',
        `The trace of event ${place} has no \`${names.case}\` before its events; it names the deal.`,
        names.case,
      );
    }
    if (typeof type !== 'string') {
      return this.problem(
        'type_missing',
        `Event ${place} (case ${quote(String(caseId))}) has no \`${names.type}\`; it says what happened.`,
        names.type,
      );
    }
    const occurredAt = typeof time === 'string' ? parseInstant(time) : null;
    if (typeof time !== 'string' || occurredAt === null) {
      return this.problem(
        'invalid_time',
        `Event ${place} (case ${quote(String(caseId))}) has no \`${names.time}\` that is a time with offset.`,
        names.time,
      );
    }
    const group = String(caseId);
    if (this.index === 0) {
      const refusal = this.addDeal(data, group);
      if (refusal !== undefined) return refusal;
    }
    return {
      place,
      occurredAt,
      group,
      body: {
        event_id: eventIdOf(group, this.index),
        type,
        source: names.source,
        occurred_at: time,
        external_refs: [{ system: names.system, id: group }],
        data,
      },
    };
  }

  /**
   * What the trace says of the deal travels with its first event, so that the log of events has everything. What the
   * event itself says comes first: it does in logs that this product wrote.
   */
  private addDeal(data: Attributes, caseId: string): FileItem | undefined {
    const { [this.names.case]: _caseId, ...attributes } = this.trace;
    const { amount, currency, name } = this.mapping.deal ?? {};
    data['name'] ??= name === undefined ? caseId : (asText(this.trace[name]) ?? caseId);
    if (amount !== undefined && data['amount'] === undefined) {
      const { column, digits } =
        typeof amount === 'string' ? { column: amount, digits: 2 } : amount;
      const text = asText(this.trace[column]) ?? '';
      const read = text === '' ? undefined : readAmount(text, digits, column);
      if (read?.ok === false) return { place: this.place, refusal: read.refusal };
      if (read !== undefined) data['amount'] = read.value;
    }
    const money = typeof currency === 'string' ? asText(this.trace[currency]) : currency?.value;
    if (money !== undefined) data['currency'] ??= money;
    if (Object.keys(attributes).length > 0) data['attributes'] ??= attributes;
    return undefined;
  }

  private problem(code: string, reason: string, field: string): FileItem {
    return { place: this.place, refusal: { code, reason, field } };
  }
}

function asText(value: Json | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
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
