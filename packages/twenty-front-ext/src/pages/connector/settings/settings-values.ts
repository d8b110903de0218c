import { memberOf } from '../../../app/data/member-of.ts';
import type { ConnectorLineFragment, SetConnectorInput } from '../../../generated/graphql.ts';
import { choicesOf, chosenOf } from './choices.ts';
import type { ChoiceValues } from './choices.ts';
import { opportunitiesOf, opportunitySettings, OPPORTUNITY } from './opportunities.ts';
import type { OpportunityValues } from './opportunities.ts';

/** Somebody whose e-mail addresses differ. */
export interface Pair {
  readonly mak: string;
  readonly twenty: string;
}

/** What the form edits; numbers as they are typed. */
export interface SettingsValues {
  readonly version: number;
  readonly address: string;
  readonly callsPerMinute: string;
  readonly people: readonly Pair[];
  readonly opportunities: OpportunityValues;
  /** Kinds that are kept equal; opportunities are when a pipeline is chosen for them. */
  readonly entities: readonly string[];
  readonly chosen: readonly ChoiceValues[];
  /** Nothing is written; the history tells what would be. */
  readonly dryRun: boolean;
  readonly pollSeconds: string;
  readonly perSecond: string;
  readonly burst: string;
  /** Empty: the stored one stays. It is never shown. */
  readonly apiKey: string;
}

/** Calls that twenty allows a workspace in a minute unless its operator has raised that. */
const CALLS_PER_MINUTE = 100;

/** Days are those of the tenant's time zone. */
export function valuesOf(connector: ConnectorLineFragment, timeZone: string): SettingsValues {
  const { version, settings, entities, dryRun, pollSeconds, budget, state } = connector;
  const [address, calls, people] = ['address', 'calls_per_minute', 'people'].map((name) =>
    memberOf(settings, name),
  );
  return {
    version,
    address: textOf(address),
    callsPerMinute: String(typeof calls === 'number' ? calls : CALLS_PER_MINUTE),
    people: Array.isArray(people) ? people.map(pairOf) : [],
    opportunities: opportunitiesOf(settings, timeZone),
    // The first time everything is kept equal.
    entities: entities
      .filter(({ name, enabled }) => name !== OPPORTUNITY && (enabled || state === 'off'))
      .map(({ name }) => name),
    chosen: choicesOf(connector),
    dryRun,
    pollSeconds: String(pollSeconds),
    perSecond: String(budget.perSecond),
    burst: String(budget.burst),
    apiKey: '',
  };
}

/** What is sent; rows without anything in them are left out. */
export function inputOf(
  { highestBudget: most, settings }: ConnectorLineFragment,
  values: SettingsValues,
  timeZone: string,
): Omit<SetConnectorInput, 'version' | 'rules'> {
  const budget = { burst: Number(values.burst), perSecond: Number(values.perSecond) };
  const isHighest = budget.burst === most.burst && budget.perSecond === most.perSecond;
  const apiKey = values.apiKey.trim();
  return {
    settings: {
      // What this form does not edit stays as it is.
      ...(typeof settings === 'object' && settings !== null ? settings : {}),
      address: values.address.trim(),
      calls_per_minute: Number(values.callsPerMinute),
      people: values.people
        .map(({ mak, twenty }) => ({ mak: mak.trim(), twenty: twenty.trim() }))
        .filter(({ mak, twenty }) => mak !== '' || twenty !== ''),
      opportunities: opportunitySettings(settings, values.opportunities, timeZone),
    },
    entities: [...values.entities],
    chosen: chosenOf(values.chosen),
    dryRun: values.dryRun,
    pollSeconds: Number(values.pollSeconds),
    budget: isHighest ? null : budget,
    ...(apiKey === '' ? {} : { secrets: { api_key: apiKey, webhook_secret: newSecret() } }),
  };
}

/** MaK tells twenty what to sign messages with, so nobody has to think of it. */
function newSecret(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

function pairOf(value: unknown): Pair {
  return { mak: textOf(memberOf(value, 'mak')), twenty: textOf(memberOf(value, 'twenty')) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
