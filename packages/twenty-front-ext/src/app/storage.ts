/**
 * Small choices of a person on this device (theme, language). Inside a sandboxed frame reading localStorage throws; then
 * they last as long as the page. Never used for credentials or data.
 */
const fallback = new Map<string, string>();

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`mak.${key}`);
  } catch {
    return fallback.get(key) ?? null;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`mak.${key}`, value);
  } catch {
    fallback.set(key, value);
  }
}
