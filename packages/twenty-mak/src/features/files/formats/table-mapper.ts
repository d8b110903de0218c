import { formatInstant } from 'twenty-mak-domain';
import type { Decision, ExternalRef, Json, Refusal } from 'twenty-mak-domain';
import { FileError } from '../../../platform/tables/index.ts';
import { eventIdOf } from './file-event.ts';
import type { FileItem } from './file-event.ts';
import type { FileMapping } from './mapping.ts';
import { timeReader } from './time-pattern.ts';
import type { ReadTime } from './time-pattern.ts';
import { quote, readAmount } from './values.ts';

/** A row of a table, or an object of JSON Lines: the values by column. */
export type Row = Readonly<Record<string, unknown>>;

/** Turns rows into events as the mapping says. */
export class TableMapper {
  private readonly mapping: FileMapping;
  private readonly source: string;
  private readonly system: string;
  private readonly caseColumn: string;
  private readonly time: { readonly column: string; readonly read: ReadTime };
  /** Rows seen by case; the index of a row in its case is part of its id. */
  private readonly seen = new Map<string, number>();
  private readonly taken: ReadonlySet<string>;

  /** Throws FileError when the mapping lacks the case, the type or the time. */
  constructor(mapping: FileMapping, format: 'csv' | 'jsonl') {
    this.mapping = mapping;
    this.source = mapping.source ?? format;
    this.system = mapping.system ?? this.source;
    const { case: caseColumn, time } = mapping;
    if (caseColumn === undefined) throw missing('case', 'the column that names the deal');
    if (mapping.type === undefined) throw missing('type', 'the column that says what happened');
    if (time === undefined) throw missing('time', 'the column that says when');
    this.caseColumn = caseColumn;
    const {
      column,
      format: pattern,
      zone,
    } = typeof time === 'string' ? { column: time, format: 'iso', zone: 'UTC' } : time;
    this.time = { column, read: timeReader(column, pattern, zone) };
    this.taken = new Set(namedColumns(mapping).map(([, name]) => name));
  }

  /** Throws FileError `unknown_column` when the mapping names a column that the table does not have. */
  checkHeader(header: readonly string[]): void {
    const known = new Set(header);
    const wrong = [...namedColumns(this.mapping), ...dataColumns(this.mapping)].find(
      ([, name]) => !known.has(name),
    );
    if (wrong === undefined) return;
    const [member, name] = wrong;
    throw new FileError(
      'unknown_column',
      `\`mapping.${member}\` names the column ${quote(name)}, which the file does not have. It has: ${header.slice(0, 30).map(quote).join(', ')}.`,
      `mapping.${member}`,
    );
  }

  /** One row as an event, or why it is none. */
  map(row: Row, place: number): FileItem {
    const caseId = textOf(row[this.caseColumn]);
    const refuse = (refusal: Refusal): FileItem => ({ place, refusal });
    const empty = (column: string, what: string): FileItem =>
      refuse({
        code: 'value_missing',
        reason: `The column \`${column}\` is empty; it ${what}.`,
        field: column,
      });
    if (caseId === '') return empty(this.caseColumn, 'names the deal');
    const type = this.typeOf(row);
    if (type === '') return empty(this.typeColumn(), 'says what happened');
    const time = this.time.read(textOf(row[this.time.column]));
    if (!time.ok) return refuse(time.refusal);
    const data = this.dataOf(row);
    if (!data.ok) return refuse(data.refusal);
    const index = this.seen.get(caseId) ?? 0;
    this.seen.set(caseId, index + 1);
    const { event_id: idColumn, correlation_id: correlation } = this.mapping;
    const eventId = idColumn === undefined ? eventIdOf(caseId, index) : textOf(row[idColumn]);
    if (eventId === '') return empty(idColumn ?? '', 'identifies the event');
    const correlationId = correlation === undefined ? '' : textOf(row[correlation]);
    return {
      place,
      occurredAt: time.value,
      group: caseId,
      body: {
        event_id: eventId,
        type,
        source: this.source,
        occurred_at: formatInstant(time.value),
        external_refs: this.refsOf(row, caseId),
        ...(correlationId === '' ? {} : { correlation_id: correlationId }),
        data: data.value,
      },
    };
  }

  private typeColumn(): string {
    const { type } = this.mapping;
    return typeof type === 'object' ? ('column' in type ? type.column : '') : (type ?? '');
  }

  private typeOf(row: Row): string {
    const { type } = this.mapping;
    if (typeof type === 'object' && 'value' in type) return type.value;
    const name = textOf(row[this.typeColumn()]);
    return typeof type === 'object'
      ? Object.hasOwn(type.rename, name)
        ? (type.rename[name] ?? name)
        : name
      : name;
  }

  private refsOf(row: Row, caseId: string): ExternalRef[] {
    const others = (this.mapping.refs ?? []).map(({ system, column }) => ({
      system,
      id: textOf(row[column]),
    }));
    return [{ system: this.system, id: caseId }, ...others.filter(({ id }) => id !== '')];
  }

  private dataOf(row: Row): Decision<Record<string, Json>> {
    const { lifecycle, resource, data: fields = '*' } = this.mapping;
    const data: Record<string, Json> = {};
    if (fields === '*') {
      for (const [column, value] of Object.entries(row)) {
        if (!this.taken.has(column) && value !== '' && value !== undefined)
          data[column] = value as Json;
      }
    } else {
      for (const [key, field] of Object.entries(fields)) {
        const { column, as } =
          typeof field === 'string' ? { column: field, as: 'text' as const } : field;
        const read = convert(row[column], as, column);
        if (!read.ok) return read;
        if (read.value !== null) data[key] = read.value;
      }
    }
    const transition = lifecycle === undefined ? '' : textOf(row[lifecycle]);
    if (transition !== '') data['lifecycle:transition'] = transition;
    const person = resource === undefined ? '' : textOf(row[resource]);
    if (person !== '') data['org:resource'] = person;
    return this.addDeal(row, data);
  }

  private addDeal(row: Row, data: Record<string, Json>): Decision<Record<string, Json>> {
    const { name, amount, currency, attributes = [] } = this.mapping.deal ?? {};
    const title = name === undefined ? '' : textOf(row[name]);
    if (title !== '') data['name'] = title;
    if (amount !== undefined) {
      const { column, digits } =
        typeof amount === 'string' ? { column: amount, digits: 2 } : amount;
      const text = textOf(row[column]);
      const read = text === '' ? undefined : readAmount(text, digits, column);
      if (read?.ok === false) return read;
      if (read !== undefined) data['amount'] = read.value;
    }
    const money = typeof currency === 'string' ? textOf(row[currency]) : currency?.value;
    if (money !== undefined && money !== '') data['currency'] = money;
    const kept = attributes
      .map((column) => [column, row[column] as Json] as const)
      .filter(([, value]) => value !== '' && value !== undefined);
    if (kept.length > 0) data['attributes'] = Object.fromEntries(kept);
    return { ok: true, value: data };
  }
}

function convert(
  value: unknown,
  as: 'text' | 'number' | 'boolean',
  column: string,
): Decision<Json> {
  const text = textOf(value);
  if (text === '') return { ok: true, value: null };
  if (as === 'text') return { ok: true, value: text };
  if (as === 'number') {
    const number = Number(text.replace(',', '.'));
    if (Number.isFinite(number)) return { ok: true, value: number };
  } else if (/^(true|false|1|0|yes|no)$/i.test(text)) {
    return { ok: true, value: /^(true|1|yes)$/i.test(text) };
  }
  return {
    ok: false,
    refusal: {
      code: 'invalid_value',
      reason: `The column \`${column}\` has ${quote(text)}, which is no ${as}.`,
      field: column,
    },
  };
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function missing(member: string, what: string): FileError {
  return new FileError(
    'invalid_mapping',
    `\`mapping.${member}\` is missing: ${what}.`,
    `mapping.${member}`,
  );
}

/** The columns whose values become members of the envelope or of the deal, with the member of the mapping. */
function namedColumns(mapping: FileMapping): (readonly [member: string, column: string])[] {
  const { deal = {} } = mapping;
  const columnOf = (value: unknown): string | undefined =>
    typeof value === 'string' ? value : (value as { column?: string } | undefined)?.column;
  const members: (readonly [string, string | undefined])[] = [
    ['case', mapping.case],
    ['type', columnOf(mapping.type)],
    ['time', columnOf(mapping.time)],
    ['event_id', mapping.event_id],
    ['lifecycle', mapping.lifecycle],
    ['resource', mapping.resource],
    ['correlation_id', mapping.correlation_id],
    ...(mapping.refs ?? []).map(({ column }, index) => [`refs.${index}.column`, column] as const),
    ['deal.name', deal.name],
    ['deal.amount', columnOf(deal.amount)],
    ['deal.currency', columnOf(deal.currency)],
    ...(deal.attributes ?? []).map(
      (column, index) => [`deal.attributes.${index}`, column] as const,
    ),
  ];
  return members.filter((member): member is readonly [string, string] => member[1] !== undefined);
}

function dataColumns({ data }: FileMapping): (readonly [member: string, column: string])[] {
  if (data === undefined || data === '*') return [];
  return Object.entries(data).map(
    ([key, field]) => [`data.${key}`, typeof field === 'string' ? field : field.column] as const,
  );
}
