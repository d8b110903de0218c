import type { LineEdit, LineRow } from './order-rows.ts';
import { unknownValue } from './refusals.ts';

/** Lines are found by id or sku; a line that is not there cannot be added. */
export function editedLines(
  before: readonly LineRow[],
  edits: readonly LineEdit[],
): readonly LineRow[] {
  const after = [...before];
  for (const [index, { id, sku, ...values }] of edits.entries()) {
    const at = after.findIndex((line) => (id == null ? line.sku === sku : line.id === id));
    const line = after[at];
    if (line === undefined) throw unknownValue(`products.${index}.${id == null ? 'sku' : 'id'}`);
    const given = Object.entries(values).filter(([name, value]) => name in line && value != null);
    after[at] = { ...line, ...(Object.fromEntries(given) as Partial<LineRow>) };
  }
  return after;
}
