/** `Retry-After` in seconds or as a date, as milliseconds from now; null for none or nonsense. */
export function waitOf(retryAfter: string | null): number | null {
  if (retryAfter === null) return null;
  const wait = /^\d+$/.test(retryAfter)
    ? Number(retryAfter) * 1_000
    : Date.parse(retryAfter) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : null;
}
