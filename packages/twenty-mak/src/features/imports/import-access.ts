import type { Principal } from '../../platform/auth/index.ts';
import { forbidden } from '../../platform/errors/index.ts';
import type { ImportTarget } from './import-targets.ts';
import type { ImportRow } from './imports.repository.ts';

/** Rows of a file are people: for who uploaded it, and for who may see them anyway. */
export function maySeeRows(principal: Principal, row: ImportRow, target: ImportTarget): boolean {
  return principal.id === row.uploaded_by || target.seesRows(principal);
}

/** Refuses everybody else. */
export function refuseStrangers(principal: Principal, row: ImportRow, target: ImportTarget): void {
  if (!maySeeRows(principal, row, target))
    throw forbidden('Rows of a file are for who uploaded it, and for who may see contacts.');
}
