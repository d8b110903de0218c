import { refuse } from 'twenty-mak-domain';
import type { Decision, DomainEvent, ExternalRef } from 'twenty-mak-domain';

/** Which deal-to-be takes over the waiting events of which other. */
export interface Union {
  readonly from: string;
  readonly to: string;
}

/**
 * Decides which deal an event belongs to. References that nobody knows yet are given to the deal of the event; an
 * event of unknown references only founds a deal-to-be, whose events wait until one of them creates it.
 */
export class Assignment {
  private readonly byRef = new Map<string, string>();
  private readonly survivors = new Map<string, string>();
  private readonly minted = new Set<string>();
  private readonly real: Set<string>;
  private readonly newId: () => string;
  private readonly newRefs = new Map<string, ExternalRef & { dealId: string }>();
  readonly unions: Union[] = [];

  /**
   * `known` are the stored references among those of the batch, `real` the ids of deals that exist (not deals-to-be),
   * `merged` the survivors of merged deals.
   */
  constructor(
    known: readonly (ExternalRef & { dealId: string })[],
    real: ReadonlySet<string>,
    merged: ReadonlyMap<string, string>,
    newId: () => string,
  ) {
    for (const ref of known) this.byRef.set(refKey(ref), ref.dealId);
    this.real = new Set(real);
    for (const [from, to] of merged) this.survivors.set(from, to);
    this.newId = newId;
  }

  /** The deal of the event. Refuses with `unknown_deal` or `ref_conflict`. */
  assign(event: DomainEvent): Decision<string> {
    const named = new Set<string>();
    if (event.masterDealId !== null) {
      const survivor = this.survivor(event.masterDealId);
      if (!this.real.has(survivor)) {
        return refuse(
          'unknown_deal',
          'There is no deal with this `master_deal_id`. Ids are given by this service; to make a deal, send a creating event with `external_refs`.',
          'master_deal_id',
        );
      }
      named.add(survivor);
    }
    for (const ref of event.externalRefs) {
      const known = this.byRef.get(refKey(ref));
      if (known !== undefined) named.add(this.survivor(known));
    }
    const deal = this.unite([...named]);
    if (deal === null) {
      return refuse(
        'ref_conflict',
        'The references of this event belong to different deals. Merge the deals, or correct the references.',
        'external_refs',
      );
    }
    for (const ref of event.externalRefs) {
      const key = refKey(ref);
      if (this.byRef.has(key)) continue;
      this.byRef.set(key, deal);
      this.newRefs.set(key, { ...ref, dealId: deal });
    }
    return { ok: true, value: deal };
  }

  /** References that nobody knew, each with the deal it belongs to in the end. */
  refsToStore(): (ExternalRef & { dealId: string })[] {
    return [...this.newRefs.values()].map((ref) => ({ ...ref, dealId: this.survivor(ref.dealId) }));
  }

  /** A creating event made the deal-to-be a deal. */
  created(deal: string): void {
    this.real.add(deal);
  }

  /** Whether this batch founded the deal-to-be, so that nothing is stored of it. */
  isNew(deal: string): boolean {
    return this.minted.has(deal);
  }

  /** The deal that an id stands for after all unions and merges. */
  survivor(id: string): string {
    let current = id;
    for (
      let next = this.survivors.get(current);
      next !== undefined;
      next = this.survivors.get(current)
    )
      current = next;
    return current;
  }

  private mint(): string {
    const id = this.newId();
    this.minted.add(id);
    return id;
  }

  /** One deal out of those named, or null when two of them exist. Deals-to-be join what exists, or the oldest of them. */
  private unite(named: readonly string[]): string | null {
    if (named.length === 0) return this.mint();
    const existing = named.filter((id) => this.real.has(id));
    if (existing.length > 1) return null;
    const to = existing[0] ?? named.toSorted()[0];
    if (to === undefined) return null;
    for (const from of named) {
      if (from === to) continue;
      this.survivors.set(from, to);
      this.unions.push({ from, to });
    }
    return to;
  }
}

export function refKey({ system, id }: ExternalRef): string {
  return `${system}\u0000${id}`;
}
