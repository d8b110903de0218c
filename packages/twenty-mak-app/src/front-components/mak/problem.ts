/** Something that did not work, with the stable code of docs/integrators/errors.md and a plain reason. */
export class Problem extends Error {
  readonly code: string;

  constructor(code: string, reason: string) {
    super(reason);
    this.code = code;
  }
}

/** What was thrown, as a problem: the network throws errors without a code. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem('unreachable', error instanceof Error ? error.message : String(error));
}
