/**
 * A part of a form body with brackets in its names. amoCRM gives one name both a text and parts (`type` and
 * `type[message_uuid]`), numbers as names with gaps of millions (`linked_leads_id`), and nobody has signed it: so it is kept in
 * maps, and a name never means anything to JavaScript.
 */
export interface FormNode {
  readonly text: string | null;
  readonly parts: ReadonlyMap<string, FormNode>;
}

export type ReadForm =
  | { readonly kind: 'form'; readonly root: FormNode }
  | { readonly kind: 'refused'; readonly reason: string };

/** A message tells of some tens of records with some hundred values each. */
const MOST_VALUES = 50_000;
const DEEPEST = 16;

const NAME = /^([^[\]]+)((?:\[[^[\]]*\])*)$/;
const PART = /\[([^[\]]*)\]/g;

interface Growing {
  text: string | null;
  readonly parts: Map<string, Growing>;
}

/** Reads a body `a[b][0][c]=…&…`, percent-encoded or not. Of a name that comes twice the last text holds. */
export function readForm(body: string): ReadForm {
  const root: Growing = { text: null, parts: new Map() };
  let values = 0;
  for (const [name, value] of new URLSearchParams(body)) {
    values += 1;
    if (values > MOST_VALUES) return { kind: 'refused', reason: 'It has too many values.' };
    const path = pathOf(name);
    if (path.length > DEEPEST) return { kind: 'refused', reason: 'Its names are too deep.' };
    let node = root;
    for (const part of path) node = under(node, part);
    node.text = value;
  }
  return { kind: 'form', root };
}

/** The part that a path leads to. */
export function partOf(
  node: FormNode | undefined,
  ...path: readonly string[]
): FormNode | undefined {
  return path.reduce<FormNode | undefined>((at, name) => at?.parts.get(name), node);
}

/** The text that a path leads to; null when there is none. */
export function textOf(node: FormNode | undefined, ...path: readonly string[]): string | null {
  return partOf(node, ...path)?.text ?? null;
}

/** A name whose brackets make no sense is one word. */
function pathOf(name: string): readonly string[] {
  const [, root, rest = ''] = NAME.exec(name) ?? [];
  if (root === undefined) return [name];
  return [root, ...[...rest.matchAll(PART)].map(([, part = '']) => part)];
}

function under({ parts }: Growing, name: string): Growing {
  // `[]` is the next place.
  const key = name === '' ? String(parts.size) : name;
  const known = parts.get(key);
  if (known !== undefined) return known;
  const made: Growing = { text: null, parts: new Map() };
  parts.set(key, made);
  return made;
}
