import type { Instant } from '../basics/index.ts';
import type { LedgerOperation } from '../wallet/index.ts';
import { heldOf, holders } from './state.ts';
import type { LotState } from './state.ts';
import type { Lot } from './terms.ts';

/** What has to happen to the wallet of a bidder. */
export type FundsEffect =
  /** This much is held for the lot now, whatever it was. */
  | { readonly kind: 'hold'; readonly bidderId: string; readonly amount: number }
  | { readonly kind: 'release'; readonly bidderId: string }
  /** The price is paid out of what is held. */
  | { readonly kind: 'capture'; readonly bidderId: string; readonly amount: number };

/** What leads from the holds of one state of a lot to those of a later one. What is paid is held before. */
export function effectsBetween(before: LotState, after: LotState): readonly FundsEffect[] {
  const sale = saleOf(before, after);
  const winnerId = sale[0]?.bidderId;
  const released = holders(before).filter(
    (bidderId) => bidderId !== winnerId && heldOf(after, bidderId) === 0,
  );
  const held = holders(after).filter(
    (bidderId) => heldOf(after, bidderId) !== heldOf(before, bidderId),
  );
  return [
    ...released.map((bidderId) => ({ kind: 'release', bidderId }) as const),
    ...held.map(
      (bidderId) => ({ kind: 'hold', bidderId, amount: heldOf(after, bidderId) }) as const,
    ),
    ...sale,
  ];
}

function saleOf(before: LotState, after: LotState): readonly FundsEffect[] {
  if (before.outcome !== null || after.outcome?.kind !== 'sold') return [];
  const { winnerId: bidderId, price } = after.outcome;
  const held = heldOf(before, bidderId);
  const effects: FundsEffect[] = [{ kind: 'capture', bidderId, amount: price }];
  if (held < price) effects.unshift({ kind: 'hold', bidderId, amount: price });
  if (held > price) effects.push({ kind: 'release', bidderId });
  return effects;
}

/** Whose money lies where. Every bidder has a wallet of their own in the currency of the lot. */
export interface Wallets {
  readonly ofBidder: (bidderId: string) => string;
  readonly ofSeller: string;
}

/** The entry by which a lead of a lot was paid. */
export function paymentId(lotId: string, leadId: string): string {
  return `lot/${lotId}/${leadId}`;
}

/** The effects as operations of the ledger. Every lead of the lot is paid by an entry of its own, so that it can be returned alone. */
export function ledgerOperations(
  lot: Lot,
  effects: readonly FundsEffect[],
  wallets: Wallets,
  at: Instant,
): readonly LedgerOperation[] {
  const purpose = lot.id;
  return effects.flatMap((effect): LedgerOperation[] => {
    const accountId = wallets.ofBidder(effect.bidderId);
    if (effect.kind === 'hold')
      return [{ kind: 'hold', accountId, purpose, amount: effect.amount }];
    if (effect.kind === 'release') return [{ kind: 'release', accountId, purpose }];
    const to = wallets.ofSeller;
    return [...pricePerLead(lot, effect.amount)].map(([leadId, amount]) => ({
      kind: 'capture',
      entryId: paymentId(lot.id, leadId),
      accountId,
      purpose,
      to,
      amount,
      at,
    }));
  });
}

/** The price divided among the leads: equal shares, and the rest of a unit each to the first ones. Leads without a share are left out. */
export function pricePerLead({ leadIds }: Lot, price: number): ReadonlyMap<string, number> {
  const share = Math.floor(price / leadIds.length);
  const rest = price % leadIds.length;
  const shares = leadIds.map((id, index): [string, number] => [id, share + Number(index < rest)]);
  return new Map(shares.filter(([, amount]) => amount > 0));
}
