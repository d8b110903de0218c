import type { ImportRow } from './lead-imports.repository.ts';
import type { TableForm } from './table-source.ts';

/** Where the file of an import is kept. */
export function importKey(tenantId: string, importId: string): string {
  return `${tenantId}/lead-imports/${importId}`;
}

/** How the file of an import is read. */
export function formOf(
  row: Pick<ImportRow, 'format' | 'encoding' | 'separator' | 'sheet'>,
): TableForm {
  return row.format === 'csv'
    ? { format: 'csv', encoding: row.encoding ?? 'utf-8', separator: row.separator ?? ',' }
    : { format: 'xlsx', sheet: row.sheet };
}
