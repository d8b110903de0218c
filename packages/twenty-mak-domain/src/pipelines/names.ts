/** Names that predicates spell as `gates.<name>`: identifiers of CEL. */
const IDENTIFIER = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** Names of everything else; a predicate spells `domains["task-tracker"]`. */
const KEY = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

/** One line without control characters, not blank at either end. */
const LINE = /^[^\p{C}\p{Z}](?:[^\p{C}\p{Zl}\p{Zp}]{0,198}[^\p{C}\p{Z}])?$/u;

/** Words of CEL that cannot follow a dot. */
const CEL_WORDS = new Set(['true', 'false', 'null', 'in']);

/** Names that every JavaScript object has: never keys of ours, whoever looks them up. */
export function isInherited(name: string): boolean {
  return name in {};
}

export function isIdentifier(name: string): boolean {
  return IDENTIFIER.test(name) && !CEL_WORDS.has(name) && !isInherited(name);
}

export function isKey(name: string): boolean {
  return KEY.test(name) && !isInherited(name);
}

/** Titles, event types and stages of other systems: 1 to 200 printable characters. */
export function isLine(text: string): boolean {
  return LINE.test(text);
}
