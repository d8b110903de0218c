import { parseInstant } from 'twenty-mak-domain';
import type { Json } from 'twenty-mak-domain';
import { SaxesParser } from 'saxes';
import { FileError } from '../../../platform/tables/index.ts';
import { eventIdOf } from './file-event.ts';
import type { FileItem } from './file-event.ts';
import type { FileMapping } from './mapping.ts';
import { AttributeReader } from './xes-attributes.ts';
import type { Attributes } from './xes-attributes.ts';
import { quote, readAmount } from './values.ts';

/** Characters without a new element: longer ones are an attack or no XES. */
const MAX_SILENCE = 4 * 1024 * 1024;

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
  private readonly attributes = new AttributeReader(() => this.progress());
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
        else this.attributes.open(name, attributes);
        return;
      case 'event':
        this.attributes.open(name, attributes);
    }
  }

  private openInLog(name: string): void {
    if (name === 'trace') {
      this.scope = 'trace';
      this.isInTrace = true;
      this.trace = {};
      this.attributes.begin();
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
    this.attributes.begin();
  }

  private shut(name: string): void {
    if (this.scope === 'skipped') {
      this.skippedDepth -= 1;
      if (this.skippedDepth === 0) this.scope = 'log';
      return;
    }
    if (this.attributes.close(this.scope === 'event' ? this.event : this.trace)) return;
    if (name === 'event') {
      this.place += 1;
      this.items.push(this.finishEvent());
      this.index += 1;
      this.scope = this.isInTrace ? 'trace' : 'log';
    } else if (name === 'trace') {
      this.isInTrace = false;
      this.scope = 'log';
    }
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
