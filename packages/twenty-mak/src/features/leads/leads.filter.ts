import { filterType, LEAD_FILTERS, nameWords, readEmail } from 'twenty-mak-domain';
import type { FieldFilter, FilterValue, RecordFilter } from 'twenty-mak-domain';
import { FilterSql } from '../segments/index.ts';
import type { MakeCondition } from '../segments/index.ts';
import { readPhone } from './read-phone.ts';

/** What a filter is turned into SQL with. */
export interface FilterContext {
  readonly present: number;
  readonly country: string;
  /** Secret digest of a key, as it stands in `lead_key`. */
  readonly digest: (text: string) => string;
}

/** Conditions on `lead l`. */
class LeadSql extends FilterSql {
  constructor(
    first: number,
    private readonly context: FilterContext,
  ) {
    super(LEAD_FILTERS, first, context.present);
  }

  protected field(filter: FieldFilter): string {
    const { field } = filter;
    if (filterType(LEAD_FILTERS, field) === 'sealed') return this.sealed(filter);
    if (field === 'external_system')
      return this.hanging(filter, 'lead_ref h WHERE h.lead_id = l.id', 'h.system');
    const attribute = /^attributes\.(.*)$/.exec(field)?.[1];
    if (attribute !== undefined) {
      const value = `h.attributes ->> ${this.parameter(attribute)}::text`;
      const from = `lead_contact h WHERE h.lead_id = l.id AND ${value} IS NOT NULL`;
      return this.hanging(filter, from, `(${value})`);
    }
    return this.questions(filter, `l.${field}`);
  }

  /** Whole values only, by their digests. */
  private sealed({ field, is, empty }: FieldFilter): string {
    const of = (extra: string): string =>
      `EXISTS (SELECT FROM lead_key h WHERE h.lead_id = l.id AND h.way = '${field}' ${extra})`;
    const digests = (is ?? []).flatMap((value) => digestOf(field, value, this.context) ?? []);
    const parts = [
      ...(empty === undefined ? [] : [`${empty ? 'NOT ' : ''}${of('')}`]),
      ...(is === undefined ? [] : [of(`AND h.digest = ANY (${this.parameter(digests)}::uuid[])`)]),
    ];
    return `(${parts.join(' AND ')})`;
  }
}

/** A checked filter as a condition. */
export function conditionOf(filter: RecordFilter, context: FilterContext): MakeCondition {
  return (next) => new LeadSql(next, context).condition(filter);
}

/** Digest of a whole number, address or name; null when it is none. */
export function digestOf(
  field: string,
  value: FilterValue,
  { digest, country }: FilterContext,
): string | null {
  const text = String(value);
  if (field === 'phone') {
    const number = readPhone(text, country);
    return number === null ? null : digest(`phone:${number.slice(1)}`);
  }
  if (field === 'email') {
    const address = readEmail(text);
    return address.ok ? digest(`email:${address.value}`) : null;
  }
  const words = nameWords(text);
  return words.length === 0 ? null : digest(`name:${words.join(' ')}`);
}
