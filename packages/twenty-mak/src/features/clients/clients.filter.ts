import { CLIENT_FILTERS } from 'twenty-mak-domain';
import type { FieldFilter, RecordFilter } from 'twenty-mak-domain';
import { FilterSql } from '../segments/index.ts';
import type { MakeCondition } from '../segments/index.ts';

const DEALS = `SELECT count(*) FROM client_key k
  JOIN deal d ON d.tenant_id = k.tenant_id AND d.client_id = k.key AND d.archived_at IS NULL WHERE k.client_id = c.id`;

/** Conditions on `client c`. */
class ClientSql extends FilterSql {
  protected field(filter: FieldFilter): string {
    const { field } = filter;
    if (field === 'external_system')
      return this.hanging(
        filter,
        'jsonb_array_elements(c.external_refs) AS h (ref) WHERE true',
        "(h.ref ->> 'system')",
      );
    if (field === 'segments')
      return this.hanging(filter, 'unnest(c.segments) AS h (word) WHERE true', 'h.word');
    if (field === 'deals') return this.questions(filter, `(${DEALS})`);
    if (field === 'open_deals') return this.questions(filter, `(${DEALS} AND d.closed_at IS NULL)`);
    const attribute = /^attributes\.(.*)$/.exec(field)?.[1];
    if (attribute !== undefined)
      return this.questions(filter, `(c.attributes ->> ${this.parameter(attribute)}::text)`);
    return this.questions(filter, `c.${field}`);
  }
}

/** A checked filter as a condition; `present` is in milliseconds. */
export function conditionOf(filter: RecordFilter, present: number): MakeCondition {
  return (next) => new ClientSql(CLIENT_FILTERS, next, present).condition(filter);
}
