/** A text of a history line's detail; null when there is none. */
export function textIn(detail: unknown, ...path: readonly string[]): string | null {
  const value = memberIn(detail, path);
  return typeof value === 'string' ? value : null;
}

/** Texts of a list in it. */
export function textsIn(detail: unknown, name: string): readonly string[] {
  const value = memberIn(detail, [name]);
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

export function isTrueIn(detail: unknown, name: string): boolean {
  return memberIn(detail, [name]) === true;
}

function memberIn(detail: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null
        ? new Map<string, unknown>(Object.entries(value)).get(name)
        : undefined,
    detail,
  );
}
