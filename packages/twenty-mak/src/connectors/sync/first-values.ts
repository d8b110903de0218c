import type { Agreement, Values } from 'twenty-mak-domain';
import type { SyncedEntity } from './ports.ts';

/** What goes out, without empty values over what people entered there before MaK had anything to say of the field. */
export function withoutFirstEmpties(
  { fillsOnly = [] }: Pick<SyncedEntity, 'fillsOnly'>,
  agreed: Agreement,
  toRemote: Values,
): Values {
  const isFirstEmpty = (field: string, value: Values[string] | undefined): boolean =>
    fillsOnly.includes(field) && !(field in agreed) && isEmpty(value);
  return Object.fromEntries(
    Object.entries(toRemote).filter(([field, value]) => !isFirstEmpty(field, value)),
  );
}

function isEmpty(value: Values[string] | undefined): boolean {
  return value == null || value === '' || (Array.isArray(value) && value.length === 0);
}
