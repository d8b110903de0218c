/** What came of a step. */
export type Outcome = 'changed' | 'unchanged' | 'note';

interface Step {
  readonly step: string;
  readonly outcome: Outcome;
  readonly detail: string;
}

const MARKS: Record<Outcome, string> = { changed: '+', unchanged: '=', note: '!' };

/** Prints each step as it is done, for people or, at the end, as JSON. */
export class Steps {
  private readonly steps: Step[] = [];
  private readonly json: boolean;

  constructor(json: boolean) {
    this.json = json;
  }

  add(step: string, outcome: Outcome, detail: string): void {
    this.steps.push({ step, outcome, detail });
    if (!this.json) process.stdout.write(`${MARKS[outcome]} ${step.padEnd(12)} ${detail}\n`);
  }

  /** `unchanged` says it in words when no step changed anything. */
  end(unchanged: string, changed: string): void {
    const touched = this.steps.some(({ outcome }) => outcome === 'changed');
    if (this.json)
      process.stdout.write(`${JSON.stringify({ changed: touched, steps: this.steps })}\n`);
    else process.stdout.write(`\n${touched ? changed : unchanged}\n`);
  }
}
