import { embedded } from './embed/embedded.ts';

/**
 * Small choices of a person on this device (theme, language, company). Inside another page, and where the browser keeps
 * nothing, they last as long as the page. Never used for credentials or data.
 */
const memory = new Map<string, string>();

export function recall(key: string): string | null {
  if (embedded) return memory.get(key) ?? null;
  try {
    return localStorage.getItem(`mak.${key}`);
  } catch {
    return memory.get(key) ?? null;
  }
}

export function remember(key: string, value: string): void {
  memory.set(key, value);
  if (embedded) return;
  try {
    localStorage.setItem(`mak.${key}`, value);
  } catch {
    // Private windows and full disks: the choice lasts as long as the page.
  }
}
