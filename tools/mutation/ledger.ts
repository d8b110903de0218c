import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** Folders of the rules whose mutants are tried together, by the specs of these folders alone: those of all would take hours. */
export type Group = readonly [folder: string, ...more: string[]];

export const GROUPS: readonly Group[] = [
  ['sla'],
  ['pipelines'],
  ['basics', 'deal-gates'],
  ['qualification'],
  ['money'],
  ['sync'],
  ['wallet', 'auction'],
  ['catalogue'],
  ['leads'],
  ['imports'],
  ['clients', 'filters'],
];

/** How the mutants of a group fared when they were tried last. */
export interface Outcome {
  /** SHA-256 of everything the outcome depends on. */
  readonly digest: string;
  /** Mutants that a spec noticed; unknown of those that only CI has tried. */
  readonly killed?: number;
  readonly survived?: number;
  /** Percent; of those that only CI has tried, what they have at least. */
  readonly score: number;
  /** The commit whose CI has tried them, when nobody has recorded the numbers. */
  readonly triedByCiOf?: string;
}

/** Outcomes by the name of the group. */
export type Ledger = Readonly<Record<string, Outcome>>;

export const nameOf = (group: Group): string => group.join('+');

/**
 * Too long for a run that has to end: CI names them when they are not recorded, and a person tries them with
 * `npm run mutation`.
 */
export const BY_HAND: readonly Group[] = GROUPS.filter((group) =>
  ['leads', 'imports', 'clients+filters'].includes(nameOf(group)),
);

const IMPORT = /(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/gu;

/** The files of a group and all that they import within the package, by path from it; sorted. */
export function filesOf(group: Group, packageFolder: string): string[] {
  const seen = new Set<string>();
  const waiting = group.flatMap((folder) =>
    globSync(`src/${folder}/**/*.ts`, { cwd: packageFolder }).map((file) =>
      join(packageFolder, file),
    ),
  );
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      const imported = resolve(dirname(file), path);
      if (existsSync(imported)) waiting.push(imported);
    }
  }
  return [...seen].map((file) => relative(packageFolder, file)).toSorted();
}

/** Changes whenever the outcome of a group may: its rules, its specs, what they import, the settings, the tools' versions. */
export function digestOf(group: Group, packageFolder: string): string {
  const hash = createHash('sha256');
  for (const file of [
    'package.json',
    'stryker.config.json',
    'vitest.config.ts',
    ...filesOf(group, packageFolder),
  ]) {
    const bytes = readFileSync(join(packageFolder, file));
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

export function readLedger(file: string): Ledger {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Ledger) : {};
}

export function writeLedger(file: string, ledger: Ledger): void {
  const sorted = Object.fromEntries(
    Object.entries(ledger).toSorted(([left], [right]) => (left < right ? -1 : 1)),
  );
  writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`);
}

/** The groups whose outcome is not recorded for what stands there now. */
export function unrecorded(
  ledger: Ledger,
  packageFolder: string,
  least: number,
  groups: readonly Group[] = GROUPS,
): Group[] {
  return groups.filter((group) => {
    const outcome = ledger[nameOf(group)];
    return (
      outcome === undefined ||
      outcome.digest !== digestOf(group, packageFolder) ||
      outcome.score < least
    );
  });
}

/** One group for each commit, so that in the course of commits every record is tried again. */
export function spotCheck(commit: string, groups: readonly Group[] = GROUPS): Group {
  const number = createHash('sha256').update(commit).digest().readUInt32BE();
  return groups[number % groups.length] as Group;
}
