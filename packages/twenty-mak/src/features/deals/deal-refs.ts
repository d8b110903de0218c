/** A record of another system that a deal is, too. */
export interface DealRef {
  readonly system: string;
  readonly id: string;
}

/** The system of references to the opportunities of this one: their ids must not be taken for those of its deals. */
export function opportunityRefs(system: string): string {
  return `${system}.opportunity`;
}
