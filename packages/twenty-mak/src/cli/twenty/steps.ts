/** What came of a step. */
export type Outcome = 'changed' | 'unchanged' | 'note';

interface Step {
  readonly step: string;
  readonly outcome: Outcome;
  readonly detail: string;
}

const MARKS: Record<Outcome, string> = { changed: '+', unchanged: '=', note: '!' };

/** How steps are told: each as it is done, all at the end as JSON, or not at all. */
export type Manner = 'text' | 'json' | 'silent';

/** What a command did, step by step. */
export class Steps {
  private readonly steps: Step[] = [];
  private readonly manner: Manner;

  constructor(manner: Manner) {
    this.manner = manner;
  }

  add(step: string, outcome: Outcome, detail: string): void {
    this.steps.push({ step, outcome, detail });
    if (this.manner === 'text')
      process.stdout.write(`${MARKS[outcome]} ${step.padEnd(12)} ${detail}\n`);
  }

  /** Twenty takes no more requests for a while. */
  readonly paused = (): void => {
    if (this.manner !== 'silent')
      process.stderr.write('  twenty takes no more requests this minute; waiting ten seconds\n');
  };

  /** `unchanged` says it in words when no step changed anything. */
  end(unchanged: string, changed: string): void {
    const touched = this.steps.some(({ outcome }) => outcome === 'changed');
    if (this.manner === 'json')
      process.stdout.write(`${JSON.stringify({ changed: touched, steps: this.steps })}\n`);
    if (this.manner === 'text') process.stdout.write(`\n${touched ? changed : unchanged}\n`);
  }
}
