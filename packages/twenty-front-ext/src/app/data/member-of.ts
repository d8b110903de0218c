/** A member of JSON whose form is not known; null when there is none. Looks at own members only. */
export function memberOf(json: unknown, name: string): unknown {
  if (typeof json !== 'object' || json === null || !Object.hasOwn(json, name)) return null;
  return new Map<string, unknown>(Object.entries(json)).get(name) ?? null;
}
