import type { PipelineDefinition } from 'twenty-mak-domain';

export interface Suggestion {
  readonly label: string;
  /** What is put in, when it is more than the label. */
  readonly apply?: string;
  readonly detail?: string;
  readonly kind: 'gate' | 'domain' | 'stage' | 'word';
}

export interface Suggestions {
  /** Where the text begins that a suggestion replaces. */
  readonly from: number;
  readonly options: readonly Suggestion[];
}

/** The names that a predicate of this definition may use, with what people call them. */
export interface Names {
  readonly gates: PipelineDefinition['gates'];
  readonly domains: Readonly<Record<string, readonly string[]>>;
  /** `created` may be asked (timers only). */
  readonly created: boolean;
}

const GATE = /\bgates\.(\w*)$/;
const DOMAIN = /\bdomains(?:\.([\w-]*)|\["([\w-]*))$/;
const STAGE = /\bdomains(?:\.(\w+)|\["([\w-]+)"\])\s*(?:==|!=)\s*"([^"]*)$/;
const LISTED = /\bdomains(?:\.(\w+)|\["([\w-]+)"\])\s+in\s+\[[^\]]*"([^"]*)$/;
const WORD = /(?:^|[^\w."])([a-z]\w*)$/;
const IDENTIFIER = /^[A-Za-z]\w*$/;

/** What could follow the text before the cursor; null when there is nothing to suggest. */
export function suggestionsAt(before: string, names: Names, asked: boolean): Suggestions | null {
  const stage = STAGE.exec(before) ?? LISTED.exec(before);
  if (stage !== null) {
    const [, dotted, quoted, typed = ''] = stage;
    return suggest(before, typed, stagesOf(names, dotted ?? quoted ?? ''));
  }
  const gate = GATE.exec(before);
  if (gate !== null) {
    const options = names.gates.map(({ key, title }) => named(key, 'gate', title));
    return suggest(before, gate[1] ?? '', options);
  }
  const domain = DOMAIN.exec(before);
  if (domain !== null) {
    const [, dotted, quoted] = domain;
    return quoted === undefined
      ? dottedSystems(before, dotted ?? '', names)
      : suggest(before, quoted, systemsOf(names));
  }
  const word = WORD.exec(before);
  if (word === null && !(asked && /(?:^|[\s(!])$/.test(before))) return null;
  return suggest(before, word?.[1] ?? '', words(names));
}

/** A name with a hyphen cannot follow a dot: the dot becomes brackets. */
function dottedSystems(before: string, typed: string, names: Names): Suggestions {
  const from = before.length - typed.length - 1;
  const options = Object.keys(names.domains).map((system): Suggestion => ({
    label: `.${system}`,
    ...(IDENTIFIER.test(system) ? {} : { apply: `["${system}"]` }),
    kind: 'domain',
  }));
  return { from, options };
}

function systemsOf({ domains }: Names): readonly Suggestion[] {
  return Object.keys(domains).map((system) => named(system, 'domain'));
}

function stagesOf({ domains }: Names, system: string): readonly Suggestion[] {
  const stages = Object.hasOwn(domains, system) ? domains[system] : [];
  return (stages ?? []).map((stage) => named(stage, 'stage'));
}

function words({ created }: Names): readonly Suggestion[] {
  return ['gates.', 'domains.', ...(created ? ['created'] : []), 'true', 'false'].map((word) =>
    named(word, 'word'),
  );
}

function named(label: string, kind: Suggestion['kind'], detail?: string): Suggestion {
  return { label, kind, ...(detail === undefined ? {} : { detail }) };
}

function suggest(
  before: string,
  typed: string,
  options: readonly Suggestion[],
): Suggestions | null {
  return options.length === 0 ? null : { from: before.length - typed.length, options };
}
