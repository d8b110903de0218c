import type { Scope as DatabaseScope } from '../database/index.ts';
import type { Principal } from './principal.ts';

/** The rows that a principal may see, for `Database.within`. */
export function scopeOf({ tenantId, restrictedTo, id }: Principal): DatabaseScope {
  return restrictedTo === undefined ? { tenantId } : { tenantId, restrictedTo, accountId: id };
}
