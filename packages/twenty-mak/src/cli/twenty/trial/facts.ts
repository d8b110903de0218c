import { formatInstant, parseInstant } from 'twenty-mak-domain';

/** A run of a clock, as both sides tell of it. */
export interface RunFacts {
  readonly name: string;
  readonly status: string;
  readonly opened: string | null;
  readonly due: string | null;
  readonly closed: string | null;
}

/** What is the same of a deal in MaK and in twenty. Written down anew here: what checks the sync uses nothing of it. */
export interface DealFacts {
  readonly name: string;
  /** In hundredths. */
  readonly amount: number | null;
  readonly currency: string | null;
  /** E-mail address. */
  readonly owner: string | null;
  /** Name and position of whom one speaks with. */
  readonly contact: string | null;
  /** Id in twenty of the opportunity that the deal came from. */
  readonly opportunity: string | null;
  readonly stage: string | null;
  readonly 'business stage': string;
  readonly 'stage since': string | null;
  readonly gates: string;
  readonly 'missing gates': string;
  readonly sla: string | null;
  readonly due: string | null;
  readonly outcome: string | null;
  readonly closed: string | null;
  readonly runs: readonly RunFacts[];
}

/** What twenty has that a late fact has undone in MaK. */
const UNDONE = 'CANCELLED';

/** What differs between both sides, in words. */
export function differences(
  mak: ReadonlyMap<string, DealFacts>,
  twenty: ReadonlyMap<string, DealFacts>,
): readonly string[] {
  const found: string[] = [];
  for (const [id, here] of mak) {
    const there = twenty.get(id);
    if (there === undefined) found.push(`"${here.name}" is not in twenty`);
    else found.push(...dealDifferences(here, there));
  }
  for (const [id, { name }] of twenty)
    if (!mak.has(id)) found.push(`"${name}" is not in MaK${id === '' ? '' : ` as ${id}`}`);
  return found;
}

function dealDifferences(here: DealFacts, there: DealFacts): readonly string[] {
  const { runs: own, ...fields } = here;
  const { runs: others, ...known } = there;
  const values = new Map<string, string | number | null>(Object.entries(known));
  const found = Object.entries(fields)
    .filter(([field, value]) => values.get(field) !== value)
    .map(
      ([field, value]) =>
        `${field} of "${here.name}": ${value} in MaK, ${values.get(field)} in twenty`,
    );
  const left = others.map((run) => JSON.stringify(run));
  for (const run of own) {
    const index = left.indexOf(JSON.stringify(run));
    if (index >= 0) left.splice(index, 1);
    else found.push(`clock ${run.name} of "${here.name}", ${run.status}, is not so in twenty`);
  }
  for (const text of left)
    if (!text.includes(`"status":"${UNDONE}"`))
      found.push(`twenty has a clock of "${here.name}" that MaK has not: ${text}`);
  return found;
}

/** How many values were compared. */
export function countValues(deals: ReadonlyMap<string, DealFacts>): number {
  let values = 0;
  for (const { runs, ...fields } of deals.values()) {
    values += Object.keys(fields).length;
    for (const run of runs) values += Object.keys(run).length;
  }
  return values;
}

/** A person as both sides show one. */
export function contactOf(name: string, position: string): string {
  return [name, position].filter((part) => part !== '').join(', ');
}

/** A note of a deal as both sides show one. */
export function noteLine(text: string): string {
  return `note ${JSON.stringify(text)}`;
}

/** A task of a deal as both sides show one. */
export function taskLine(title: string, status: string): string {
  return `task "${title}", ${status}`;
}

/** What only one side has of what hangs on a deal. */
export function listDifferences(
  mak: readonly string[],
  twenty: readonly string[],
): readonly string[] {
  const left = [...twenty];
  const found: string[] = [];
  for (const line of mak) {
    const index = left.indexOf(line);
    if (index >= 0) left.splice(index, 1);
    else found.push(`${line} of MaK is not so in twenty`);
  }
  return [...found, ...left.map((line) => `${line} of twenty is not so in MaK`)];
}

/** An instant as both sides write it. */
export function instant(text: string | null | undefined): string | null {
  const read = text ? parseInstant(text) : null;
  return read === null ? null : formatInstant(read);
}
