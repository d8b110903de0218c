import { accept, refuse } from '../basics/index.ts';
import type { Decision, Instant } from '../basics/index.ts';
import type { LedgerOperation } from '../wallet/index.ts';
import { paymentId } from './effects.ts';

/** When and why a bought lead can be returned. */
export interface ReturnRule {
  /** Milliseconds from the purchase. */
  readonly window: number;
  readonly reasons: readonly string[];
}

/** A lead that was bought, and what its share of the lot's price was. */
export interface Purchase {
  readonly lotId: string;
  readonly leadId: string;
  readonly buyerId: string;
  readonly sellerId: string;
  readonly price: number;
  readonly boughtAt: Instant;
}

export interface ReturnRequest {
  /** Partner or franchisee that the person belongs to who asks. */
  readonly participantId: string;
  readonly accountId: string;
  readonly reason: string;
  readonly comment: string;
  readonly at: Instant;
}

export type Verdict = 'accepted' | 'rejected';

export interface ReturnDecision {
  readonly arbiterId: string;
  readonly verdict: Verdict;
  readonly note: string;
  readonly at: Instant;
}

/** A lead that its buyer wants to give back. */
export interface LeadReturn {
  readonly purchase: Purchase;
  readonly request: ReturnRequest;
  /** Null until the arbiter has decided. */
  readonly decision: ReturnDecision | null;
}

/**
 * A buyer asks to give a lead back, once. Refuses `not_the_buyer`, `return_exists`, `return_window_over`, `unknown_return_reason`,
 * `return_comment_missing`.
 */
export function requestReturn(
  { window, reasons }: ReturnRule,
  purchase: Purchase,
  earlier: LeadReturn | null,
  request: ReturnRequest,
): Decision<LeadReturn> {
  if (request.participantId !== purchase.buyerId)
    return refuse('not_the_buyer', 'Only who bought a lead can return it.', 'lead_id');
  if (earlier !== null)
    return refuse('return_exists', 'The return of this lead was asked for before.', 'lead_id');
  if (request.at >= purchase.boughtAt + window)
    return refuse('return_window_over', 'The time to return this lead is over.', 'at');
  if (!reasons.includes(request.reason))
    return refuse(
      'unknown_return_reason',
      `The reason of a return is one of ${reasons.join(', ')}.`,
      'reason',
    );
  if (request.comment.trim() === '')
    return refuse('return_comment_missing', 'Say what is wrong with the lead.', 'comment');
  return accept({ purchase, request, decision: null });
}

/**
 * An arbiter decides; who asked, the buyer and the seller cannot be it, nor `offeredBy`: a person who has sold for the seller.
 * To say the same again changes nothing. Refuses `arbiter_is_party`, `return_decided`, `return_note_missing`.
 */
export function decideReturn(
  lead: LeadReturn,
  decision: ReturnDecision,
  offeredBy: string | null = null,
): Decision<LeadReturn> {
  const { buyerId, sellerId } = lead.purchase;
  const parties = [lead.request.accountId, buyerId, sellerId, offeredBy];
  if (parties.includes(decision.arbiterId))
    return refuse('arbiter_is_party', 'Nobody decides on a return of their own.', 'arbiter_id');
  if (lead.decision !== null)
    return lead.decision.verdict === decision.verdict
      ? accept(lead)
      : refuse('return_decided', `The return was ${lead.decision.verdict} before.`, 'verdict');
  if (decision.note.trim() === '')
    return refuse('return_note_missing', 'Tell both sides why.', 'note');
  return accept({ ...lead, decision });
}

/** What a decided return does to the ledger: the payment is reversed, to the last unit. Doing it again changes nothing. */
export function returnOperations({ purchase, decision }: LeadReturn): readonly LedgerOperation[] {
  if (decision?.verdict !== 'accepted' || purchase.price === 0) return [];
  const entryId = paymentId(purchase.lotId, purchase.leadId);
  return [{ kind: 'reverse', entryId, at: decision.at }];
}
