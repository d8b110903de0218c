import { setTimeout as sleep } from 'node:timers/promises';
import { CliError } from '../../local/cli-error.ts';

/** Did not become so in time; says what was still different. */
export class NotInTime extends Error {
  override readonly name = 'NotInTime';
}

export interface Watch {
  /** Milliseconds between two looks. */
  readonly every: number;
  /** Milliseconds. */
  readonly patience: number;
  /** Whether somebody pressed Ctrl-C. */
  readonly signal: AbortSignal;
}

/**
 * Looks until nothing is missing; `look` gives in words what is. Rejects with NotInTime, and with a CliError when somebody
 * pressed Ctrl-C.
 */
export async function until(
  { every, patience, signal }: Watch,
  look: () => Promise<string | null>,
): Promise<void> {
  const deadline = performance.now() + patience;
  for (;;) {
    refuseInterrupted(signal);
    const missing = await look();
    if (missing === null) return;
    if (performance.now() > deadline) throw new NotInTime(missing);
    await sleep(every, undefined, { signal }).catch(() => undefined);
  }
}

/** Throws a CliError when somebody pressed Ctrl-C. */
export function refuseInterrupted(signal: AbortSignal): void {
  if (signal.aborted) throw new CliError('Interrupted.', 'The workspace is as it was before.');
}
