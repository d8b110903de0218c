import type { ConnectorLineFragment, SetConnectorInput } from '../../../generated/graphql.ts';
import { choicesOf, chosenOf } from './choices.ts';
import type { ChoiceValues } from './choices.ts';
import { cardsOf, cardSettings } from './cards.ts';
import type { CardValues } from './cards.ts';
import { leadsOf, leadSettings } from './leads.ts';
import type { LeadValues } from './leads.ts';
import { opportunitiesOf, opportunitySettings, OPPORTUNITY } from './opportunities.ts';
import type { OpportunityValues } from './opportunities.ts';
import { isOptional } from './optional-kinds.ts';
import { ownSettings, ownValuesOf, shapeOf } from './own-settings.ts';
import type { OwnValues } from './own-settings.ts';

/** What the form edits; numbers as they are typed. */
export interface SettingsValues extends OwnValues {
  readonly version: number;
  readonly opportunities: OpportunityValues;
  readonly cards: CardValues;
  readonly leads: LeadValues;
  /** Kinds that are kept equal, without those for which something else is chosen. */
  readonly entities: readonly string[];
  readonly chosen: readonly ChoiceValues[];
  /** Nothing is written; the history tells what would be. */
  readonly dryRun: boolean;
  readonly pollSeconds: string;
  readonly perSecond: string;
  readonly burst: string;
  /** Empty: the stored one stays. It is never shown. */
  readonly apiKey: string;
  /** What messages of the other system are known by; it comes with a new key, so nobody has to think of it. */
  readonly webhookSecret: string;
}

/** Days are those of the tenant's time zone. */
export function valuesOf(connector: ConnectorLineFragment, timeZone: string): SettingsValues {
  const { key, version, settings, entities, dryRun, pollSeconds, budget, state } = connector;
  return {
    ...ownValuesOf(key, settings),
    version,
    opportunities: opportunitiesOf(settings, timeZone),
    cards: cardsOf(settings),
    leads: leadsOf(settings),
    // The first time everything is kept equal.
    entities: entities
      .filter(({ name, enabled }) => !isOptional(key, name) && (enabled || state === 'off'))
      .map(({ name }) => name),
    chosen: choicesOf(connector),
    dryRun,
    pollSeconds: String(pollSeconds),
    perSecond: String(budget.perSecond),
    burst: String(budget.burst),
    apiKey: '',
    webhookSecret: '',
  };
}

/** What is sent. */
export function inputOf(
  { key, highestBudget: most, settings, entities }: ConnectorLineFragment,
  values: SettingsValues,
  timeZone: string,
): Omit<SetConnectorInput, 'version' | 'rules'> {
  const budget = { burst: Number(values.burst), perSecond: Number(values.perSecond) };
  const isHighest = budget.burst === most.burst && budget.perSecond === most.perSecond;
  const secrets = secretsOf(key, values);
  return {
    settings: {
      // What this form does not edit stays as it is.
      ...(typeof settings === 'object' && settings !== null ? settings : {}),
      ...ownSettings(key, values),
      ...(entities.some(({ name }) => name === OPPORTUNITY)
        ? { opportunities: opportunitySettings(settings, values.opportunities, timeZone) }
        : {}),
      ...(key === 'keycrm' ? { cards: cardSettings(values.cards) } : {}),
      ...(key === 'amocrm' ? { leads: leadSettings(values.leads) } : {}),
    },
    entities: [...values.entities],
    chosen: chosenOf(values.chosen),
    dryRun: values.dryRun,
    pollSeconds: Number(values.pollSeconds),
    budget: isHighest ? null : budget,
    ...(secrets === null ? {} : { secrets }),
  };
}

/** Null when no key was typed. */
export function secretsOf(
  key: string,
  { apiKey, webhookSecret }: Pick<SettingsValues, 'apiKey' | 'webhookSecret'>,
): Readonly<Record<string, string>> | null {
  const typed = apiKey.trim();
  if (typed === '') return null;
  const signs = shapeOf(key)?.signsMessages === true && webhookSecret !== '';
  return { api_key: typed, ...(signs ? { webhook_secret: webhookSecret } : {}) };
}

/** A key as it is typed; with the first letter of a new one comes a secret for messages. */
export function withKey(
  apiKey: string,
  before: Pick<SettingsValues, 'webhookSecret'>,
): Pick<SettingsValues, 'apiKey' | 'webhookSecret'> {
  if (apiKey.trim() === '') return { apiKey, webhookSecret: '' };
  return {
    apiKey,
    webhookSecret: before.webhookSecret === '' ? newSecret() : before.webhookSecret,
  };
}

function newSecret(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
