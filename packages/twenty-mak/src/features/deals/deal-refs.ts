/** A record of another system that a deal is, too. */
export interface DealRef {
  readonly system: string;
  readonly id: string;
}

const OPPORTUNITY = '.opportunity';

/** The system of references to the opportunities of this one: their ids must not be taken for those of its deals. */
export function opportunityRefs(system: string): string {
  return `${system}${OPPORTUNITY}`;
}

/** What the opportunity that became a deal is called where it is; of several, in merged deals, the first one. */
export function opportunityAmong(refs: readonly DealRef[]): string | null {
  return refs.find(({ system }) => system.endsWith(OPPORTUNITY))?.id ?? null;
}
