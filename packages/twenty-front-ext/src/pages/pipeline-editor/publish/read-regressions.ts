import type { ConfirmedRegression } from 'twenty-mak-domain';

export interface FoundRegression extends ConfirmedRegression {
  readonly confirmed: boolean;
}

/** The server's regressions, which GraphQL carries as JSON. */
export function readRegressions(raw: unknown): readonly FoundRegression[] {
  return Array.isArray(raw) ? raw.filter(isRegression) : [];
}

function isRegression(value: unknown): value is FoundRegression {
  if (typeof value !== 'object' || value === null) return false;
  const texts = ['gate', 'from', 'to'] as const;
  const members: Readonly<Record<string, unknown>> = { ...value };
  return (
    texts.every((name) => typeof members[name] === 'string') &&
    typeof members['confirmed'] === 'boolean'
  );
}
