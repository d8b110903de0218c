/** The list with the item at `index` changed. */
export function replaced<T>(items: readonly T[], index: number, item: T): readonly T[] {
  return items.with(index, item);
}

/**
 * The object without optional members that say nothing: undefined, false, an empty text or list. Leaving them out says
 * the same, and an empty field of a form is no error.
 */
export function compact<T extends object>(value: T, required: readonly (keyof T & string)[]): T {
  const kept: readonly string[] = required;
  const copy = { ...value };
  for (const name in copy) {
    if (!kept.includes(name) && saysNothing(copy[name])) delete copy[name];
  }
  return copy;
}

function saysNothing(member: unknown): boolean {
  const empty = Array.isArray(member) && member.length === 0;
  return member === undefined || member === '' || member === false || empty;
}

/** A key for a title: `Contract signed!` → `contract_signed`. Empty when the title has no Latin letters. */
export function keyFrom(title: string): string {
  return title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[^a-z]+|_+$/g, '')
    .slice(0, 64);
}

/** The first of `base`, `base_2`, `base_3` … that is not taken. */
export function freeKey(base: string, taken: readonly string[]): string {
  const used = new Set(taken);
  if (!used.has(base)) return base;
  let number = 2;
  while (used.has(`${base}_${number}`)) number += 1;
  return `${base}_${number}`;
}
