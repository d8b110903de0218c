export interface Choice {
  readonly key: string;
  readonly title: string;
}

/** A key for a new word that no other one has: of its Latin letters and digits, as far as there are any. */
export function keyOf(title: string, taken: readonly { readonly key: string }[]): string {
  const plain = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[^a-z]+|_+$/g, '')
    .slice(0, 40);
  const base = plain === '' ? 'choice' : plain;
  const keys = new Set(taken.map(({ key }) => key));
  if (!keys.has(base)) return base;
  let number = 2;
  while (keys.has(`${base}_${number}`)) number += 1;
  return `${base}_${number}`;
}
