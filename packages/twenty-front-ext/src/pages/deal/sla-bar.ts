export interface RunTimes {
  readonly openedAt: string;
  readonly dueAt: string;
  readonly closedAt: string | null;
}

export interface RunBar {
  /** Milliseconds from the opening to the end, or to the present. */
  readonly elapsed: number;
  /** Milliseconds from the opening to the due time. */
  readonly target: number;
  /** Share of the bar until the due time, or until the end if that came first; 0 to 1. */
  readonly within: number;
  /** Share of the bar beyond the due time. */
  readonly beyond: number;
  /** Where on the bar the due time is. */
  readonly due: number;
}

/** A run as a bar: its whole length is the target, or the elapsed time where that is longer. */
export function runBar({ openedAt, dueAt, closedAt }: RunTimes, now: number): RunBar {
  const opened = Date.parse(openedAt);
  const elapsed = Math.max(0, (closedAt === null ? now : Date.parse(closedAt)) - opened);
  const target = Math.max(0, Date.parse(dueAt) - opened);
  const whole = Math.max(elapsed, target, 1);
  return {
    elapsed,
    target,
    within: Math.min(elapsed, target) / whole,
    beyond: Math.max(0, elapsed - target) / whole,
    due: target / whole,
  };
}
