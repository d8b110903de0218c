import type { CardValues } from './cards.ts';
import { OFFICE_LEAD } from './leads.ts';
import type { LeadValues } from './leads.ts';
import { OPPORTUNITY } from './opportunities.ts';
import type { OpportunityValues } from './opportunities.ts';

interface Chosen {
  readonly entities: readonly string[];
  readonly opportunities: OpportunityValues;
  readonly cards: CardValues;
  readonly leads: LeadValues;
}

/** Kinds of records that are kept equal when something else is chosen for them, and only then. */
const OPTIONAL: Readonly<Record<string, Readonly<Record<string, (values: Chosen) => boolean>>>> = {
  twenty: { [OPPORTUNITY]: ({ opportunities }) => opportunities.pipeline !== '' },
  amocrm: { [OFFICE_LEAD]: ({ leads }) => leads.pipelines.length > 0 },
  keycrm: { deal: ({ cards }) => cards.funnels.length > 0 },
};

export function isOptional(connector: string, kind: string): boolean {
  return OPTIONAL[connector]?.[kind] !== undefined;
}

export function isKept(connector: string, kind: string, values: Chosen): boolean {
  return OPTIONAL[connector]?.[kind]?.(values) ?? values.entities.includes(kind);
}
