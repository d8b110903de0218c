import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/index.ts';
import { RefusalError } from '../../platform/errors/index.ts';

/** Ends what offers these leads to others. Everybody who has something at stake is locked before the leads are. */
export type EndOffers = (
  tx: Transaction,
  tenantId: string,
  leadIds: readonly string[],
) => Promise<void>;

/** Lets the auction end the lots of people who have said no, in the transaction of the no. */
@Injectable()
export class LeadOffers {
  private endThem: EndOffers = () => Promise.resolve();

  endBy(end: EndOffers): void {
    this.endThem = end;
  }

  /** Call it before the rows of the leads are locked: lots are locked first. */
  async end(tx: Transaction, tenantId: string, leadIds: readonly string[]): Promise<void> {
    if (leadIds.length > 0) await this.endThem(tx, tenantId, leadIds);
  }
}

/** The refusal of a no that has met a lot which was made at the same moment. A repeat finds the lot and ends it. */
export function offeredMeanwhile(): RefusalError {
  return new RefusalError(
    {
      code: 'lead_on_auction',
      reason:
        'The lead is on auction, and nobody may be offered whose person has said no. Record the no at the lead that is on auction; its lot ends by that.',
    },
    409,
  );
}
