export { checkLot, LONGEST_LOT, MOST_LEADS } from './terms.ts';
export type {
  AntiSniping,
  AscendingTerms,
  DescendingTerms,
  Lot,
  SealedTerms,
  LotTerms,
} from './terms.ts';
export { answerKey, checkOffer } from './bid.ts';
export type { Answered, Bid, Offer, Standing } from './bid.ts';
export { heldOf, holders, newLot } from './state.ts';
export type { LotState, LotOutcome } from './state.ts';
export { fallenPrice, minimumBid, nextFall } from './prices.ts';
export { foldBids } from './fold.ts';
export type { BidsFolded } from './fold.ts';
export { closeLot, resumeLot, voidLot, withdrawLot } from './close.ts';
export type { LotClosed } from './close.ts';
export { ledgerOperations, paymentId, pricePerLead } from './effects.ts';
export type { FundsEffect, Wallets } from './effects.ts';
export { LOT_EVENT_TYPES } from './events.ts';
export type { LotEventType } from './events.ts';
export { losersOf, outbidIn } from './notices.ts';
export { checkHistory } from './history.ts';
export type { HistoryFault } from './history.ts';
export { allowanceOf, checkEligibility, isLotVisible, standingOf } from './eligibility.ts';
export type { BidderProfile, DayOfBidder, EligibilityRule, LeadPlace } from './eligibility.ts';
export { amountBand, bandFrom, maskLead, maySeeContact } from './masking.ts';
export type { AmountBand, LeadForSale, MaskedLead, Viewer } from './masking.ts';
export { areBidsSecret, phaseOf, viewBids, viewLot } from './views.ts';
export type { BidView, LotPhase, LotView, OutcomeView } from './views.ts';
export {
  assignLeads,
  cheaperTerms,
  checkRedistribution,
  nextStep,
  relist,
} from './redistribution.ts';
export type { Assignment, LeadTaker, NextStep, RedistributionRule } from './redistribution.ts';
export { decideReturn, requestReturn, returnOperations } from './returns.ts';
export type {
  LeadReturn,
  Purchase,
  ReturnDecision,
  ReturnRequest,
  ReturnRule,
  Verdict,
} from './returns.ts';
