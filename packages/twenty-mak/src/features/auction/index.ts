export {
  BidAnswerEntity,
  BidEntity,
  LeadReturnEntity,
  LotEntity,
  LotFollowerEntity,
  LotLeadEntity,
  LotNoticeEntity,
  LotRuleEntity,
} from './auction.entity.ts';
export { auctionClosing, auctionNotices } from './auction.jobs.ts';
export { AuctionModule } from './auction.module.ts';
export { lotOf, stateOf } from './lot-record.ts';
export type { LotRow } from './lot-record.ts';
export { answerBidsDirectly } from './bids.direct-route.ts';
