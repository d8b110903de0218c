import type { ImportRow } from './imports.repository.ts';
import type { TableForm } from './table-source.ts';

/** Where the file of an import is kept. */
export function importKey(
  tenantId: string,
  { target, id }: Pick<ImportRow, 'target' | 'id'>,
): string {
  return `${tenantId}/${target}-imports/${id}`;
}

/** How the file of an import is read. */
export function formOf(
  row: Pick<ImportRow, 'format' | 'encoding' | 'separator' | 'sheet'>,
): TableForm {
  return row.format === 'csv'
    ? { format: 'csv', encoding: row.encoding ?? 'utf-8', separator: row.separator ?? ',' }
    : { format: 'xlsx', sheet: row.sheet };
}
